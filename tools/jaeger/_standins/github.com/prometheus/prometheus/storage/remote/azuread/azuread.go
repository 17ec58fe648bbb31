// Package azuread stands for the login of remote write at Azure: Jaeger reads no such configuration, and has no clients of Azure in it.
package azuread

// AzureADConfig is without fields.
type AzureADConfig struct{}
