package operation

import (
	"fmt"
	"maps"

	"ddmon/internal/config"
)

// The environment variables with the key for the hashes of sensitive values in a saved plan. Plan and apply both have
// the API key. DDMON_PLAN_KEY is for users who run plan and apply with different API keys.
const (
	PlanKeyVariable = "DDMON_PLAN_KEY"
	APIKeyVariable  = "DD_API_KEY"
)

// The minimum lengths of keys, in characters. A shorter key could be guessed. Datadog's API keys have 32 hexadecimal
// digits; shorter ones are placeholders for a sandbox or a proxy.
const (
	shortestPlanKey   = 16
	ShortestHashedKey = 32
)

// Keys are the values of the variables, empty if not set.
type Keys struct {
	Plan string // of PlanKeyVariable
	API  string // of APIKeyVariable
}

// HashKey is the key for the hashes of sensitive values in a saved plan. Without Bytes they are hashed without a key.
type HashKey struct {
	Name  string // the variable; empty with the sandbox, which has no keys
	Bytes []byte
}

// ForSaving returns the key to save a plan with. The API key is used only if hasAPIKey is set. A DDMON_PLAN_KEY that
// could be guessed is an error. If the API key could be guessed, the HashKey has no Bytes.
func (k Keys) ForSaving(hasAPIKey bool) (HashKey, error) {
	switch {
	case k.Plan != "" && len(k.Plan) < shortestPlanKey:
		return HashKey{}, fmt.Errorf("%s is too short: use at least %d characters", PlanKeyVariable, shortestPlanKey)
	case k.Plan != "":
		return HashKey{PlanKeyVariable, k.named(PlanKeyVariable)}, nil
	case hasAPIKey:
		return HashKey{APIKeyVariable, k.named(APIKeyVariable)}, nil
	}
	return HashKey{}, nil
}

// named returns the value of a key variable, or nil if it is not set or could be guessed.
func (k Keys) named(variable string) []byte {
	switch {
	case variable == PlanKeyVariable && len(k.Plan) >= shortestPlanKey:
		return []byte(k.Plan)
	case variable == APIKeyVariable && len(k.API) >= ShortestHashedKey:
		return []byte(k.API)
	}
	return nil
}

// secretsOf returns the strings to keep out of a saved plan: the values of sensitive variables, and values derived from
// them.
func secretsOf(stack *config.Stack) map[string][]string {
	all := maps.Clone(stack.Sensitive)
	for name, texts := range stack.Derived {
		all[name] = append(all[name][:len(all[name]):len(all[name])], texts...)
	}
	return all
}
