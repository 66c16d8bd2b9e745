package planfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// The reasons why Load refuses a file. Its errors wrap one of them.
var (
	ErrNoPlan  = errors.New("not a saved plan")
	ErrVersion = errors.New("unsupported plan format")
	ErrCorrupt = errors.New("the plan was truncated or edited after it was saved")
	ErrTables  = errors.New("the plan was made with other tables of Datadog's fields")
)

// Load reads a plan that Save wrote. It refuses a file that differs in a single byte from what Save would write.
func Load(r io.Reader) (*Saved, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > MaxSize {
		return nil, fmt.Errorf("%w: larger than %d bytes", ErrNoPlan, MaxSize)
	}
	e, err := open(raw)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(e.Plan))
	d.UseNumber()
	d.DisallowUnknownFields()
	var w planJSON
	if err := d.Decode(&w); err != nil {
		return nil, corrupt("%v", err)
	}
	if now := kind.TablesVersion(); w.Tables != now {
		return nil, fmt.Errorf("%w (%q in ddmon %s, %q here), so its meaning can differ: plan again",
			ErrTables, w.Tables, w.Tool, now)
	}
	s, err := w.decode()
	if err != nil {
		return nil, corrupt("%v", err)
	}
	if err := s.valid(); err != nil {
		return nil, corrupt("%v", err)
	}
	// This detects duplicate keys, data after the end, and everything else that JSON decoders ignore.
	if again, err := s.encode(); err != nil || !bytes.Equal(again, raw) {
		return nil, corrupt("the content is not what ddmon writes")
	}
	return s, nil
}

func corrupt(format string, args ...any) error {
	return fmt.Errorf("%w: %s: plan again", ErrCorrupt, fmt.Sprintf(format, args...))
}

// prefix is the start of every saved plan.
const prefix = `{"ddmon_plan":`

// IsSaved reports whether a file starts like a saved plan.
func IsSaved(r io.Reader) bool {
	start := make([]byte, len(prefix))
	_, err := io.ReadFull(r, start)
	return err == nil && string(start) == prefix
}

// open checks the format, the version and the checksum of a file.
func open(raw []byte) (*envelope, error) {
	var known map[string]json.RawMessage
	if err := json.Unmarshal(raw, &known); err != nil {
		if bytes.HasPrefix(raw, []byte(prefix)) {
			return nil, corrupt("%v", err)
		}
		return nil, fmt.Errorf("%w: create one with `ddmon plan --out FILE`", ErrNoPlan)
	}
	version, ok := known["ddmon_plan"]
	if !ok {
		hint := ""
		if _, shown := known["changes"]; shown {
			hint = " The output of --json lacks what apply needs."
		}
		return nil, fmt.Errorf("%w: create one with `ddmon plan --out FILE`.%s", ErrNoPlan, hint)
	}
	if string(version) != `"`+SavedVersion+`"` {
		return nil, fmt.Errorf("%w: the file has version %.40s, but this ddmon reads version %q: plan again", ErrVersion, version, SavedVersion)
	}
	var e envelope
	if err := json.Unmarshal(raw, &e); err != nil {
		return nil, corrupt("%v", err)
	}
	if e.Checksum != checksum(e.Plan) {
		return nil, corrupt("the checksum does not match")
	}
	return &e, nil
}

// valid checks the invariants that the rest of the package and apply rely on.
func (s *Saved) valid() error {
	if len(s.salt) < saltSize {
		return fmt.Errorf("the salt is too short")
	}
	if (s.keyName == "") != (s.keyCheck == "") {
		return fmt.Errorf("the key name and the key check must both be set")
	}
	addresses, ids := make(map[object.Address]bool), make(map[string]bool)
	for i := range s.changes {
		c := &s.changes[i]
		if err := c.valid(); err != nil {
			return fmt.Errorf("%s: %w", c.Address, err)
		}
		id := liveKey(c.Address.Kind, c.ID)
		// An address can have several deletions, but only one other change.
		if c.Action != plan.Delete && addresses[c.Address] || c.ID != "" && ids[id] {
			return fmt.Errorf("duplicate change of %s", c.Address)
		}
		addresses[c.Address] = addresses[c.Address] || c.Action != plan.Delete
		ids[id] = true
	}
	return nil
}

func (c *savedChange) valid() error {
	if !slices.Contains(kind.Names(), c.Address.Kind) {
		return fmt.Errorf("unknown kind %q", c.Address.Kind)
	}
	switch c.title.(type) {
	case string, hashedValue:
	default:
		return fmt.Errorf("the title must be a string")
	}
	has := [3]bool{c.ID != "", c.Before != nil, c.After != nil}
	needs, known := map[plan.Action][3]bool{
		plan.Create:  {false, false, true},
		plan.Update:  {true, true, true},
		plan.Replace: {true, true, true},
		plan.Delete:  {true, true, false},
		plan.NoOp:    {true, false, false},
		plan.Blocked: {has[0], has[1], false},
	}[c.Action]
	if !known {
		return fmt.Errorf("unknown action %q", c.Action)
	}
	if has != needs {
		return fmt.Errorf("id, before and after do not match the action %q", c.Action)
	}
	return nil
}
