// Package azureblob stands for the driver of azblob://, which would bring Azure's SDK: the engine of the sandbox keeps its state in
// files.
package azureblob

import (
	"context"
	"errors"
	"net/url"

	"gocloud.dev/blob"
)

// Scheme of the URLs that are refused.
const Scheme = "azblob"

func init() {
	blob.DefaultURLMux().RegisterBucket(Scheme, &URLOpener{})
}

// ServiceURLOptions has none.
type ServiceURLOptions struct{}

// NewDefaultServiceURLOptions returns none.
func NewDefaultServiceURLOptions() *ServiceURLOptions { return &ServiceURLOptions{} }

// NewDefaultClient makes no client.
func NewDefaultClient() {}

// URLOpener refuses what it is asked to open.
type URLOpener struct {
	MakeClient        func()
	ServiceURLOptions ServiceURLOptions
}

// OpenBucketURL fails with one line.
func (*URLOpener) OpenBucketURL(context.Context, *url.URL) (*blob.Bucket, error) {
	return nil, errors.New("the engine that the sandbox builds keeps its state in files: azblob:// is left out of it")
}
