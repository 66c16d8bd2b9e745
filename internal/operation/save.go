package operation

import (
	"crypto/rand"
	"fmt"
	"io"

	"ddmon/internal/planfile"
)

// saltSize is how many random bytes keep the hashes of sensitive values in one saved plan from those in another.
const saltSize = 32

// Origin is where a saved plan comes from; it is applied only there.
type Origin struct {
	Tool    string // the version of ddmon
	Datadog string // which Datadog was asked, as a text to compare
}

// Save writes the plan for a later Restore.
func (p *Planned) Save(w io.Writer, from Origin, key HashKey) error {
	salt := make([]byte, saltSize)
	if _, err := rand.Read(salt); err != nil {
		return fmt.Errorf("saving the plan: %w", err)
	}
	return planfile.Save(w, p.Changes, planfile.SaveOptions{
		Tool: from.Tool, Datadog: from.Datadog, Salt: salt, Key: key.Bytes, KeyName: key.Name, Secrets: secretsOf(p.Stack),
	})
}
