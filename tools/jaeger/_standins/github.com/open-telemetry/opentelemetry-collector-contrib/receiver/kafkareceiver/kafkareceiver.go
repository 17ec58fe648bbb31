// Package kafkareceiver stands for the receiver from Kafka, which no Jaeger of the sandbox has, and for its clients of Kafka.
package kafkareceiver

import (
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/receiver"
)

// NewFactory makes no receiver of any signal.
func NewFactory() receiver.Factory {
	return receiver.NewFactory(component.MustNewType("kafka"), func() component.Config { return &struct{}{} })
}
