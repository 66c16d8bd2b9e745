package operation

import (
	"crypto/rand"
	"fmt"
	"io"

	"ddmon/internal/planfile"
)

// saltSize is the number of random bytes in the salt of a saved plan's hashes.
const saltSize = 32

// Origin is the origin of a saved plan, which can be applied only there.
type Origin struct {
	Tool    string // the version of ddmon
	Datadog string // identifies the Datadog
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
