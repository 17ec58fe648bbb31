// Package azurekeyvault stands for the secrets provider azurekeyvault://, which would bring Azure's SDK: the sandbox's stacks have a passphrase.
package azurekeyvault

import (
	"context"
	"errors"
	"net/url"

	"gocloud.dev/secrets"
)

func init() {
	secrets.DefaultURLMux().RegisterKeeper("azurekeyvault", opener{})
}

type opener struct{}

// OpenKeeperURL fails with one line.
func (opener) OpenKeeperURL(context.Context, *url.URL) (*secrets.Keeper, error) {
	return nil, errors.New("the engine that the sandbox builds takes passphrases only: azurekeyvault:// is left out of it")
}
