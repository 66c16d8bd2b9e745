package cli

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"strings"

	"ddmon/internal/kind"
	"ddmon/internal/planfile"
	"ddmon/internal/render"
	"ddmon/internal/root"
)

// saltSize is how many random bytes keep the hashes of sensitive values in one saved plan from those in another.
const saltSize = 32

// save writes the plan for a later apply.
func (s *session) save(path string) error {
	salt := make([]byte, saltSize)
	if _, err := rand.Read(salt); err != nil {
		return fmt.Errorf("saving the plan: %w", err)
	}
	name, key, err := s.app.planKey(s.conn)
	if err != nil {
		return err
	}
	secrets := secretsOf(s.stack)
	if key == nil {
		s.warnOfNoKey(secrets)
	}
	err = replaceFile(path, func(w io.Writer) error {
		return planfile.Save(w, s.changes, planfile.SaveOptions{
			Tool: version, Datadog: s.conn.place, Salt: salt, Key: key, KeyName: name, Secrets: secrets,
		})
	})
	if err == nil {
		s.app.say("Saved the plan to %s. `ddmon apply %s` does exactly that, as long as nothing changed in Datadog.", path, path)
	}
	return err
}

// applySaved carries out a plan as it was reviewed, without asking, or refuses.
func (a *App) applySaved(ctx context.Context, flags *applyFlags, path string) (err error) {
	if err := a.mayWrite(applyVerb); err != nil {
		return err
	}
	if len(flags.targets) > 0 {
		return errors.New("a saved plan is carried out whole: --target goes with plan --out")
	}
	raw, err := root.ReadRegular(path, planfile.MaxSize)
	if err != nil {
		return err
	}
	saved, err := planfile.Load(bytes.NewReader(raw))
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	s, err := a.open(ctx, &flags.planFlags)
	if err != nil {
		return err
	}
	defer func() { err = s.finish(err) }()
	if err := s.restore(ctx, saved); err != nil {
		return err
	}
	if !a.flags.json {
		a.say("Stack %q against %s, as planned in %s", s.stack.Name, s.conn.name, path)
		if err := render.Plan(a.Stdout, s.view(), a.style()); err != nil {
			return err
		}
	}
	if s.changes.Empty() {
		return nil
	}
	if err := (brake{command: "apply", live: s.live, allowed: flags.maxDeletes}).check(s.changes); err != nil {
		return err
	}
	return s.carryOut(ctx, applyVerb)
}

// restore makes a saved plan the session's, if what it saw is still there.
func (s *session) restore(ctx context.Context, saved *planfile.Saved) error {
	if err := saved.Check(s.stack.Name, version, s.conn.place); err != nil {
		return err
	}
	if err := saved.Unlock(s.app.planKeyNamed); err != nil {
		return err
	}
	kinds := kind.All()
	listings, err := list(ctx, kinds, s.conn, s.stack.Name)
	if err != nil {
		return err
	}
	live := owned(kinds, listings)
	if conflicts := saved.Stale(live, kinds); len(conflicts) > 0 {
		lines := make([]string, len(conflicts))
		for i, c := range conflicts {
			lines[i] = "  " + c.Error()
		}
		return fmt.Errorf("the plan is stale, nothing was changed:\n%s\nPlan again and have that reviewed", strings.Join(lines, "\n"))
	}
	s.saved, s.live = true, len(live)
	s.changes, err = saved.Plan(s.stack.Objects, live)
	return err
}
