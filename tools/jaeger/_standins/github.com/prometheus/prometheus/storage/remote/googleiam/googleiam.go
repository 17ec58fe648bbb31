// Package googleiam stands for the login of remote write at Google: Jaeger reads no such configuration, and has no clients of Google in it.
package googleiam

// Config is without fields.
type Config struct{}
