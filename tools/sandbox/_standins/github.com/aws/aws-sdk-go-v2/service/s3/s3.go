// Package s3 stands for the client of s3://: what the engine looks for in the copies of a bucket that is none of S3.
package s3

// CopyObjectInput is never met.
type CopyObjectInput struct {
	CopySource *string
}
