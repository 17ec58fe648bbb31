// Package gcsblob stands for the driver of gs://, which would bring Google's SDK. The engine opens such a URL with authhelpers.
package gcsblob

import (
	"context"
	"net/url"

	"gocloud.dev/blob"

	"github.com/pulumi/pulumi/pkg/v3/authhelpers"
)

// Scheme of the URLs that are refused.
const Scheme = "gs"

func init() {
	blob.DefaultURLMux().RegisterBucket(Scheme, opener{})
}

type opener struct{}

// OpenBucketURL fails with one line.
func (opener) OpenBucketURL(ctx context.Context, _ *url.URL) (*blob.Bucket, error) {
	_, err := authhelpers.GoogleCredentialsMux(ctx)
	return nil, err
}
