// Package cli stands for the commands of Pulumi's hosted environments, which would bring the SDKs of three clouds to log in there: a
// state in files has none.
package cli

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/pulumi/pulumi/pkg/v3/auth/credentialhelper"
	"github.com/pulumi/pulumi/pkg/v3/backend/httpstate"
	"github.com/pulumi/pulumi/sdk/v3/go/common/diag/colors"
	"github.com/pulumi/pulumi/sdk/v3/go/common/esc"
)

var errLeftOut = errors.New(
	"the engine that the sandbox builds keeps its state in files: Pulumi's hosted environments are left out of it")

// Options of the commands.
type Options struct {
	ParentPath        string
	UserAgent         string
	Colors            colors.Colorization
	Login             httpstate.LoginManager
	CredentialHelpers *credentialhelper.Session
}

// New returns a command with the one that the engine takes as its own.
func New(*Options) *cobra.Command {
	root := &cobra.Command{}
	root.AddCommand(&cobra.Command{
		Use:                "env",
		Hidden:             true,
		DisableFlagParsing: true,
		RunE:               func(*cobra.Command, []string) error { return errLeftOut },
	})
	return root
}

// PrepareOptions of an environment.
type PrepareOptions struct {
	Pretend bool
	Redact  bool
}

// PrepareEnvironment fails with one line.
func PrepareEnvironment(
	*esc.Environment, *PrepareOptions,
) (files, environ, secrets []string, filesByKey map[string]string, err error) {
	return nil, nil, nil, nil, errLeftOut
}
