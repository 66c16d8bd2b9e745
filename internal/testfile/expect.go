package testfile

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/gocty"

	"ddmon/internal/config"
	"ddmon/internal/lang"
	"ddmon/internal/object"
)

// The statuses of a monitor, as Datadog spells them.
const (
	StatusAlert  = "Alert"
	StatusWarn   = "Warn"
	StatusNoData = "No Data"
	StatusOK     = "OK"
)

// The phases from which times are counted if an expect block does not name one.
const (
	DefaultAfter          = "incident_start"
	DefaultRecoveredAfter = "incident_end"
)

// Expect is what a test expects of one monitor, all instances of a monitor, or every monitor. Attributes that are not
// set are nil or empty and expect nothing. If several are set, all must hold.
type Expect struct {
	// Address is the block's label. Without a key it can refer to all instances of a for_each. It is zero if All.
	Address object.Address
	// All reports whether the block applies to every monitor of the stack.
	All bool
	// Monitors are the monitors the block applies to, sorted. There is at least one, and each must meet the expectation.
	Monitors []object.Address
	// Group selects one group of a multi alert by its tags, key:value and sorted.
	Group []string

	// Status is the expected status. With At, the monitor must have it at that time. Otherwise the monitor must reach it
	// after the phase After, or at any time if After is empty.
	Status string
	// Within and NotBefore bound when Status is first reached, counted from After.
	Within, NotBefore *time.Duration
	// After is the name of a phase. It defaults to DefaultAfter if Within or NotBefore is set.
	After string
	At    *RecordingTime
	// Never lists statuses that must not be reached at any time.
	Never []string

	// Notifies lists handles that must be notified. NotifiesOnly lists exactly the handles that are notified; it is nil if
	// not set, and an empty list means none. Both apply when Status is reached or, without Status, to the whole run.
	Notifies, NotifiesOnly []string
	// MessageContains lists strings that must be in the messages to those handles.
	MessageContains []string
	// Silent means that no one is notified in the whole run.
	Silent bool

	// Renotifies is how many renotifications are sent to someone in the whole run; nil if not set.
	Renotifies *int

	// RecoversWithin bounds when the monitor is OK again, counted from the phase RecoveredAfter.
	RecoversWithin *time.Duration
	RecoveredAfter string

	Range  hcl.Range            // the block's header
	Ranges map[string]hcl.Range // the values, by attribute name
	// Sensitive has the names of the attributes whose values come from sensitive variables.
	Sensitive map[string]bool
}

// fields reads the attributes of an expect block.
type fields struct{ *lang.Fields }

// readExpect evaluates one expect block.
func readExpect(stack *config.Evaluation, b *hclsyntax.Block, each lang.Names) Expect {
	report := stack.Scope.Report
	before := report.Len()
	report.CheckFields(b, expectType)
	f := fields{lang.ReadFields(stack.Scope, b, each, expectType.AttributeNames())}
	e := Expect{Range: b.DefRange(), Ranges: f.Ranges, Sensitive: f.Sensitive()}
	readTarget(stack, &e, b, each)
	e.Group = f.group("group")
	e.Status = f.status("status")
	e.Within, e.NotBefore, e.RecoversWithin = f.optionalDuration("within"), f.optionalDuration("not_before"), f.optionalDuration("recovers_within")
	e.After, e.RecoveredAfter = f.phase("after"), f.phase("recovered_after")
	e.At = f.recordingTime("at")
	e.Never = f.statuses("never")
	e.Notifies, e.NotifiesOnly = f.handles("notifies"), f.handles("notifies_only")
	e.MessageContains = f.Texts("message_contains", `["no consumer"]`)
	e.Silent = f.Flag("silent")
	e.Renotifies = f.count("renotifies")
	f.checkExpect(report, &e, report.HasErrorsSince(before))
	if e.After == "" && (e.Within != nil || e.NotBefore != nil) {
		e.After = DefaultAfter
	}
	if e.RecoveredAfter == "" && e.RecoversWithin != nil {
		e.RecoveredAfter = DefaultRecoveredAfter
	}
	return e
}

func (f fields) optionalDuration(name string) *time.Duration {
	d, ok := f.Duration(name)
	if !ok {
		return nil
	}
	return &d
}

// count reads a whole number that is not negative.
func (f fields) count(name string) *int {
	v, ok := f.Open(name)
	if !ok {
		return nil
	}
	n, err := convert.Convert(v, cty.Number)
	if err != nil {
		f.InvalidType(name, "a number, such as "+name+" = 2")
		return nil
	}
	var count int
	if gocty.FromCtyValue(n, &count) != nil || count < 0 {
		f.Invalid(name, "Invalid number", name+" must be a whole number, 0 or more.")
		return nil
	}
	return &count
}

// phase reads the name of a phase. Whether the recording has that phase is checked once the recording is loaded.
func (f fields) phase(name string) string {
	text, ok := f.Text(name, `"incident_start"`)
	if ok && !hclsyntax.ValidIdentifier(text) {
		f.Invalid(name, "Invalid phase", fmt.Sprintf("%q is not a valid phase name. Name a phase of the recording, such as \"incident_start\". "+
			"To check the status at a certain time, use at.", text))
		return ""
	}
	return text
}

func (f fields) recordingTime(name string) *RecordingTime {
	text, ok := f.Text(name, `"incident_start+4m"`)
	if !ok {
		return nil
	}
	t, ok := ParseRecordingTime(text)
	if !ok {
		f.Invalid(name, "Invalid time", fmt.Sprintf("%q is not a valid time. Write a phase (\"incident_start\"), an offset from a phase (\"incident_start+4m\"), a clock time "+
			"in the recording's time zone (\"14:24:11\"), an offset from the recording's start (\"+4m\") or an absolute time (\"2025-11-09T14:24:11Z\").", text))
		return nil
	}
	return &t
}

func (f fields) status(name string) string {
	text, ok := f.Text(name, `"Alert"`)
	if ok {
		text, _ = f.Among(name, withSpaces(text), expectType.Attribute(name).Values)
	}
	return text
}

// withSpaces makes no_data and no-data valid spellings of No Data.
func withSpaces(status string) string {
	return strings.NewReplacer("_", " ", "-", " ").Replace(status)
}

// statuses reads one status or a list of statuses.
func (f fields) statuses(name string) []string {
	v, ok := f.Open(name)
	if !ok {
		return nil
	}
	if v.Type() == cty.String {
		if s := f.status(name); s != "" {
			return []string{s}
		}
		return nil
	}
	var out []string
	texts := f.Texts(name, `"Alert" or `+name+` = ["Alert", "Warn"]`)
	for _, text := range texts {
		if s, ok := f.Among(name, withSpaces(text), expectType.Attribute(name).Values); ok {
			out = append(out, s)
		}
	}
	return out
}

// handles reads a list of @-handles.
func (f fields) handles(name string) []string {
	handles := f.Texts(name, `["@pagerduty-orders"]`)
	for _, h := range handles {
		if !strings.HasPrefix(h, "@") {
			f.Invalid(name, "Handle without @", "Handles in "+name+" start with \"@\", as in a message: [\"@pagerduty-orders\"].")
			return nil
		}
	}
	return handles
}

// group reads the tags that select a group of a multi alert: {queue = "a"} or "queue:a".
func (f fields) group(name string) []string {
	v, ok := f.Unmarked(name)
	if !ok {
		return nil
	}
	var tags []string
	switch t := v.Type(); {
	case t == cty.String:
		for tag := range strings.SplitSeq(v.AsString(), ",") {
			tags = append(tags, strings.TrimSpace(tag))
		}
	case t.IsObjectType() || t.IsMapType():
		for it := v.ElementIterator(); it.Next(); {
			key, element := it.Element()
			value, err := convert.Convert(element, cty.String)
			if err != nil || value.IsNull() {
				tags = []string{""}
				break
			}
			tags = append(tags, key.AsString()+":"+value.AsString())
		}
	}
	for _, tag := range tags {
		if key, value, ok := strings.Cut(tag, ":"); !ok || key == "" || value == "" {
			tags = nil
			break
		}
	}
	if len(tags) == 0 {
		f.Invalid(name, "Invalid group", "group selects one group of a multi alert by its tags. Write group = { queue = \"a\" } or group = \"queue:a\".")
	}
	slices.Sort(tags)
	return tags
}
