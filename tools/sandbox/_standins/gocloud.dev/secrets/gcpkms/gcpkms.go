// Package gcpkms stands for the secrets provider gcpkms://, which would bring Google's SDK. The engine asks authhelpers for
// credentials first, and gets none.
package gcpkms

import (
	"context"
	"net/url"

	"gocloud.dev/secrets"

	"github.com/pulumi/pulumi/pkg/v3/authhelpers"
)

// Scheme of the URLs that are refused.
const Scheme = "gcpkms"

// Client is none.
type Client struct{}

// Dial fails with one line.
func Dial(ctx context.Context, _ authhelpers.TokenSource) (*Client, func(), error) {
	_, err := authhelpers.ResolveGoogleCredentials(ctx, "")
	return nil, nil, err
}

// URLOpener refuses what it is asked to open.
type URLOpener struct {
	Client *Client
}

// OpenKeeperURL fails with one line.
func (*URLOpener) OpenKeeperURL(ctx context.Context, _ *url.URL) (*secrets.Keeper, error) {
	_, err := authhelpers.ResolveGoogleCredentials(ctx, "")
	return nil, err
}
