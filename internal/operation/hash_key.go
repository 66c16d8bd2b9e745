package operation

import (
	"fmt"
	"maps"

	"ddmon/internal/config"
)

// The variables that hold the keys with which sensitive values in a saved plan are hashed, by which the plan names them.
// Datadog's is at hand wherever plan and apply run; one of their own is for those who use another API key for each.
const (
	PlanKeyVariable = "DDMON_PLAN_KEY"
	APIKeyVariable  = "DD_API_KEY"
)

// The least lengths of keys, in characters: a shorter one could be guessed itself. Datadog's API keys have 32 hexadecimal
// digits; what is shorter is a word that a sandbox or a proxy accepts in place of one.
const (
	shortestPlanKey   = 16
	ShortestHashedKey = 32
)

// Keys are the values of the variables; empty if one is not set.
type Keys struct {
	Plan string // of PlanKeyVariable
	API  string // of APIKeyVariable
}

// HashKey is what sensitive values in a saved plan are hashed with. Without Bytes they are hashed without a key.
type HashKey struct {
	Name  string // the variable; empty with the sandbox, which has no keys
	Bytes []byte
}

// ForSaving returns the key to save a plan with. Datadog's API key counts only where there is a Datadog with keys. A key of
// its own that could be guessed is an error; with an API key that could be guessed, the HashKey has no Bytes.
func (k Keys) ForSaving(hasAPIKey bool) (HashKey, error) {
	switch {
	case k.Plan != "" && len(k.Plan) < shortestPlanKey:
		return HashKey{}, fmt.Errorf("%s has fewer than %d characters, so it could be guessed: set a longer one", PlanKeyVariable, shortestPlanKey)
	case k.Plan != "":
		return HashKey{PlanKeyVariable, k.named(PlanKeyVariable)}, nil
	case hasAPIKey:
		return HashKey{APIKeyVariable, k.named(APIKeyVariable)}, nil
	}
	return HashKey{}, nil
}

// named returns the key that a saved plan names; nil if there is none, or only one that could be guessed.
func (k Keys) named(variable string) []byte {
	switch {
	case variable == PlanKeyVariable && len(k.Plan) >= shortestPlanKey:
		return []byte(k.Plan)
	case variable == APIKeyVariable && len(k.API) >= ShortestHashedKey:
		return []byte(k.API)
	}
	return nil
}

// secretsOf are the texts to keep out of a saved plan: the values of sensitive variables, and what was computed from them.
func secretsOf(stack *config.Stack) map[string][]string {
	all := maps.Clone(stack.Sensitive)
	for name, texts := range stack.Derived {
		all[name] = append(all[name][:len(all[name]):len(all[name])], texts...)
	}
	return all
}
