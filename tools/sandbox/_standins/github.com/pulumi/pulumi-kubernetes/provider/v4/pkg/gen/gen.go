// Package gen stands for the generator of typed SDKs, which is written for an older version of the engine's packages.
package gen

import (
	"fmt"
	"log"

	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/kinds"
	pschema "github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// WithParameterization is an argument of PulumiSchema.
func WithParameterization(spec *pschema.ParameterizationSpec) *pschema.ParameterizationSpec {
	return spec
}

// PulumiSchema ends the provider, as upstream's own code does when it cannot read a schema.
func PulumiSchema(map[string]any, *pschema.ParameterizationSpec) pschema.PackageSpec {
	log.Fatal("packages made of custom resource definitions need the official Kubernetes provider on PATH")
	return pschema.PackageSpec{}
}

// APIVersionComment says what takes the place of a deprecated kind.
func APIVersionComment(gvk schema.GroupVersionKind) string {
	comment := fmt.Sprintf("%s is deprecated by %s", gvk.GroupVersion().String()+"/"+gvk.Kind, kinds.SuggestedAPIVersion(gvk))
	if removed := kinds.RemovedInVersion(gvk); removed != nil {
		comment += fmt.Sprintf(" and not supported by Kubernetes v%v and newer", removed)
	}
	return comment
}
