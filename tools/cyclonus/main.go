// Cyclonus' engine for NetworkPolicies on its own: a question for each line of traffic, an answer for each. Upstream's
// program prints its answers as tables for people.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/mattfenwick/cyclonus/pkg/matcher"
	networkingv1 "k8s.io/api/networking/v1"
)

// What is read from standard input.
type question struct {
	Policies []*networkingv1.NetworkPolicy
	Traffic  []*matcher.Traffic
}

// What is written to standard output, one for each traffic.
type answer struct {
	Ingress bool `json:"ingress"`
	Egress  bool `json:"egress"`
}

func main() {
	var asked question
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	policies := matcher.BuildNetworkPolicies(true, asked.Policies)
	answers := make([]answer, len(asked.Traffic))
	for index, traffic := range asked.Traffic {
		result := policies.IsTrafficAllowed(traffic)
		answers[index] = answer{result.Ingress.IsAllowed(), result.Egress.IsAllowed()}
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
