// Package typedapi stands for Elasticsearch's typed client, 845 packages that Jaeger never calls: it has the other client of the module.
package typedapi

import "github.com/elastic/elastic-transport-go/v8/elastictransport"

// MethodAPI is without methods.
type MethodAPI struct{}

func NewMethodAPI(elastictransport.Interface) *MethodAPI { return &MethodAPI{} }
