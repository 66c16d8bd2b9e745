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

// The reasons for which Load refuses a file; its errors wrap one of them.
var (
	ErrNoPlan  = errors.New("this is no saved plan")
	ErrVersion = errors.New("the plan has another format")
	ErrCorrupt = errors.New("the plan was cut or edited after it was saved")
	ErrTables  = errors.New("the plan was made with other tables of Datadog's fields")
)

// Load reads what Save wrote, and nothing else: byte for byte, so that an edit by hand is refused wherever it is.
func Load(r io.Reader) (*Saved, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > MaxSize {
		return nil, fmt.Errorf("%w: it has more than %d bytes", ErrNoPlan, MaxSize)
	}
	e, err := open(raw)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(e.Plan))
	d.UseNumber()
	d.DisallowUnknownFields()
	var w wirePlan
	if err := d.Decode(&w); err != nil {
		return nil, corrupt("%v", err)
	}
	if now := kind.TablesVersion(); w.Tables != now {
		return nil, fmt.Errorf("%w (%q by ddmon %s; here they are %q), so it may mean something else by now: plan again",
			ErrTables, w.Tables, w.Tool, now)
	}
	s, err := w.saved()
	if err != nil {
		return nil, corrupt("%v", err)
	}
	if err := s.valid(); err != nil {
		return nil, corrupt("%v", err)
	}
	// This finds keys that stand twice, text after the end and whatever else readers of JSON pass over.
	if again, err := s.encode(); err != nil || !bytes.Equal(again, raw) {
		return nil, corrupt("it is not as ddmon writes it")
	}
	return s, nil
}

func corrupt(format string, args ...any) error {
	return fmt.Errorf("%w: %s: plan again", ErrCorrupt, fmt.Sprintf(format, args...))
}

// begins is how every saved plan begins.
const begins = `{"ddmon_plan":`

// IsSaved reports whether a file begins as every saved plan does, whatever follows.
func IsSaved(r io.Reader) bool {
	start := make([]byte, len(begins))
	_, err := io.ReadFull(r, start)
	return err == nil && string(start) == begins
}

// open finds out what a file is and checks that it is whole.
func open(raw []byte) (*envelope, error) {
	var known map[string]json.RawMessage
	if err := json.Unmarshal(raw, &known); err != nil {
		if bytes.HasPrefix(raw, []byte(begins)) {
			return nil, corrupt("%v", err)
		}
		return nil, fmt.Errorf("%w: write one with `ddmon plan --out FILE`", ErrNoPlan)
	}
	version, ok := known["ddmon_plan"]
	if !ok {
		hint := ""
		if _, shown := known["changes"]; shown {
			hint = " What --json prints is for reading and leaves out what apply needs."
		}
		return nil, fmt.Errorf("%w: write one with `ddmon plan --out FILE`.%s", ErrNoPlan, hint)
	}
	if string(version) != `"`+SavedVersion+`"` {
		return nil, fmt.Errorf("%w: its version is %.40s and this ddmon reads %q: plan again", ErrVersion, version, SavedVersion)
	}
	var e envelope
	if err := json.Unmarshal(raw, &e); err != nil {
		return nil, corrupt("%v", err)
	}
	if e.Checksum != checksum(e.Plan) {
		return nil, corrupt("its checksum does not fit")
	}
	return &e, nil
}

// valid checks what the rest of the package and apply rely on.
func (s *Saved) valid() error {
	if len(s.salt) < saltSize {
		return fmt.Errorf("the salt is too short")
	}
	if (s.keyName == "") != (s.keyCheck == "") {
		return fmt.Errorf("the identification of its key is damaged")
	}
	addresses, ids := make(map[object.Address]bool), make(map[string]bool)
	for i := range s.changes {
		c := &s.changes[i]
		if err := c.valid(); err != nil {
			return fmt.Errorf("%s: %w", c.Address, err)
		}
		id := liveKey(c.Address.Kind, c.ID)
		// An address may have several deletions besides; an object is changed once.
		if c.Action != plan.Delete && addresses[c.Address] || c.ID != "" && ids[id] {
			return fmt.Errorf("%s is in it twice", c.Address)
		}
		addresses[c.Address] = addresses[c.Address] || c.Action != plan.Delete
		ids[id] = true
	}
	return nil
}

func (c *savedChange) valid() error {
	if !slices.Contains(kind.Names(), c.Address.Kind) {
		return fmt.Errorf("there is no kind %q", c.Address.Kind)
	}
	switch c.title.(type) {
	case string, sealed:
	default:
		return fmt.Errorf("its title is no text")
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
		return fmt.Errorf("the action %q is unknown", c.Action)
	}
	if has != needs {
		return fmt.Errorf("id, before and after do not fit the action %q", c.Action)
	}
	return nil
}
