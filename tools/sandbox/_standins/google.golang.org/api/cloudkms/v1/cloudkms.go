// Package cloudkms stands for the client of Google's key management, see gocloud.dev/secrets/gcpkms.
package cloudkms

// CloudkmsScope is what credentials would be asked for.
const CloudkmsScope = ""
