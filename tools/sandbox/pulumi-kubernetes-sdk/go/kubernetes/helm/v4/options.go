// Package v4 holds the options of the component helm/v4.Chart.
package v4

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

// RepositoryOpts says where a chart is.
type RepositoryOpts struct {
	CaFile, CertFile, KeyFile pulumi.AssetOrArchive
	Repo, Username, Password  *string
}

// RepositoryOptsInput is what a program may give for it.
type RepositoryOptsInput interface{ pulumi.Input }

// PostRenderer is a command that changes what a chart renders to.
type PostRenderer struct {
	Command string
	Args    []string
}

// PostRendererInput is what a program may give for it.
type PostRendererInput interface{ pulumi.Input }
