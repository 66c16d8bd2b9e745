package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"ddmon/internal/operation"
	"ddmon/internal/planfile"
	"ddmon/internal/render/machine"
	"ddmon/internal/render/terminal"
	"ddmon/internal/root"
)

// origin is the tool and the Datadog that a saved plan must match to be applied.
func (s *session) origin() operation.Origin {
	return operation.Origin{Tool: version, Datadog: s.conn.identity}
}

// planKeys are the keys in the environment for the hashes in a saved plan.
func (a *App) planKeys() operation.Keys {
	return operation.Keys{Plan: a.env(operation.PlanKeyVariable), API: a.env(operation.APIKeyVariable, "DATADOG_API_KEY")}
}

// save writes the plan for a later apply.
func (s *session) save(path string) error {
	key, err := s.app.planKeys().ForSaving(!s.conn.sandbox)
	if err != nil {
		return err
	}
	if key.Bytes == nil && !s.conn.sandbox && s.HasSecrets() {
		s.app.logf("Warning: %s has fewer than %d characters, so short sensitive values in the saved plan can be guessed. Set %s to a long "+
			"random string for plan and apply.", operation.APIKeyVariable, operation.ShortestHashedKey, operation.PlanKeyVariable)
	}
	return replaceFile(path, func(w io.Writer) error { return s.Save(w, s.origin(), key) })
}

// applySaved applies a saved plan exactly as it was reviewed, without asking, or refuses.
func (a *App) applySaved(ctx context.Context, flags *applyFlags, path string) (err error) {
	if err := a.checkWritable(applyCommand); err != nil {
		return err
	}
	if len(flags.targets) > 0 {
		return errors.New("--target cannot limit a saved plan: use it with plan --out")
	}
	saved, err := loadSaved(path)
	if err != nil {
		return err
	}
	s, err := a.open(ctx, &flags.planFlags, applyCommand.build)
	if err != nil {
		return err
	}
	defer func() { err = s.finish(err) }()
	if !a.flags.json {
		a.logf("Applying the saved plan %s", path)
	}
	planned, err := operation.Restore(ctx, s.conn, s.Input, saved, s.origin(), a.planKeys())
	if err != nil {
		return err
	}
	s.Planned = planned
	if a.json.lines {
		err = a.writeLine(machine.PlanLine{Type: "plan", Plan: s.document()})
	} else {
		err = terminal.Plan(a.Stdout, s.view(), a.style())
	}
	if err != nil {
		return err
	}
	if s.Changes.Empty() {
		return s.nothingToApply(ctx, applyCommand, nil)
	}
	limit := operation.DeleteLimit{Command: "apply", Allowed: flags.maxDeletes}
	if err := limit.Check(s.Changes, s.Live); err != nil {
		return err
	}
	return s.execute(ctx, applyCommand)
}

// loadSaved reads a saved plan.
func loadSaved(path string) (*planfile.Saved, error) {
	raw, err := root.ReadRegular(path, planfile.MaxSize)
	if err != nil {
		return nil, err
	}
	saved, err := planfile.Load(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return saved, nil
}
