// Package v1 stands for the folders of Grafana's new API, which the operator asks only with its feature flag FoldersUseNewAPI:
// they could not be had where this was written. What the operator does with them compiles, and refuses.
package v1

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

const refusal = "this build has no folders of Grafana's new API: leave out the feature flag FoldersUseNewAPI"

// Folder has the fields that the operator sets.
type Folder struct {
	metav1.TypeMeta
	metav1.ObjectMeta
	Spec struct{ Title string }
}

func (*Folder) DeepCopyObject() runtime.Object { panic(refusal) }

func NewFolder() *Folder { panic(refusal) }

var GroupVersion schema.GroupVersion

// Kind has what the operator asks of a kind.
type Kind interface {
	GroupVersionResource() schema.GroupVersionResource
	Kind() string
}

func FolderKind() Kind { panic(refusal) }
