// Package v2 holds what the components yaml/v2 call.
package v2

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// RegisterResource refuses: the types of all kinds are in the generated SDK only.
func RegisterResource(_ *pulumi.Context, apiVersion, kind, name string, _ pulumi.Input, _ ...pulumi.ResourceOption) (pulumi.CustomResource, error) {
	return nil, fmt.Errorf("%s %s %s: components of yaml/v2 and helm/v4 need the official Kubernetes provider: put it on PATH", apiVersion, kind, name)
}
