// Package kubernetes stands for the generated SDK, which takes 700 CPU seconds to compile: the provider needs four names
// of it, for components that this project never registers. Those components need the official provider.
package kubernetes

import "reflect"

// UntypedArgs are the fields of any object.
type UntypedArgs map[string]any

// ElementType makes them a pulumi.Input.
func (UntypedArgs) ElementType() reflect.Type {
	return reflect.TypeOf((*map[string]any)(nil)).Elem()
}
