// Package fieldpath gives the provider the types of the version that client-go uses.
package fieldpath

import "sigs.k8s.io/structured-merge-diff/v6/fieldpath"

type (
	Path = fieldpath.Path
	Set  = fieldpath.Set
)

var MakePath = fieldpath.MakePath
