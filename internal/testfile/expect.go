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

	"ddmon/internal/config"
	"ddmon/internal/lang"
	"ddmon/internal/object"
)

// The states of a monitor, as Datadog writes them.
const (
	StatusAlert  = "Alert"
	StatusWarn   = "Warn"
	StatusNoData = "No Data"
	StatusOK     = "OK"
)

// The phases from which an expect counts if it names none.
const (
	DefaultAfter          = "incident_start"
	DefaultRecoveredAfter = "incident_end"
)

// Expect is what a test expects of one monitor, of all instances of one, or of every monitor. A field that is not
// written is nil or empty and expects nothing; where there are several, all have to hold.
type Expect struct {
	// Address is the monitor as it is written: without a key it may stand for all instances of a for_each. It is zero
	// if All.
	Address object.Address
	// All says that every monitor of the stack is meant.
	All bool
	// Monitors are those that are meant, sorted; each has to do what is expected. There is at least one.
	Monitors []object.Address
	// Group has the tags, key:value and sorted, of the one group of a multi alert that is meant.
	Group []string

	// Status is the state that has to be reached. With At it is that at the moment; otherwise it is reached after the
	// phase After, or anywhere in the run if that is empty.
	Status string
	// Within and NotBefore bound when Status is reached for the first time, counted from After.
	Within, NotBefore *time.Duration
	// After is the name of a phase; DefaultAfter if there is Within or NotBefore.
	After string
	At    *Moment
	// Never are states that are not reached in the whole run.
	Never []string

	// Notifies are handles that have to be told, NotifiesOnly (not nil, but maybe empty) exactly those that are: when
	// Status is reached or, without one, in the whole run.
	Notifies, NotifiesOnly []string
	// MessageContains are texts in what those handles are told.
	MessageContains []string
	// Silent says that nobody is told anything in the whole run.
	Silent bool

	// RecoversWithin bounds when the monitor is OK again, counted from the phase RecoveredAfter.
	RecoversWithin *time.Duration
	RecoveredAfter string

	Range  hcl.Range            // of the block's head
	Ranges map[string]hcl.Range // of the values, by the name of the attribute
	// Sensitive are the names of the attributes whose values come from sensitive variables.
	Sensitive map[string]bool
}

var (
	statuses     = []string{StatusAlert, StatusWarn, StatusNoData, StatusOK}
	expectFields = []string{
		"group", "status", "within", "not_before", "after", "at", "never", "notifies", "notifies_only", "message_contains", "silent",
		"recovers_within", "recovered_after",
	}
)

// fields are the attributes of an expect block.
type fields struct{ *lang.Fields }

// readExpect evaluates one expect block.
func readExpect(stack *config.Evaluation, b *hclsyntax.Block, each lang.Names) Expect {
	report := stack.Scope.Report
	before := report.Len()
	report.CheckFields(b, expectFields, nil)
	f := fields{lang.ReadFields(stack.Scope, b, each, expectFields)}
	e := Expect{Range: b.DefRange(), Ranges: f.Ranges, Sensitive: f.Sensitive()}
	expectWhom(stack, &e, b, each)
	e.Group = f.group("group")
	e.Status = f.status("status")
	e.Within, e.NotBefore, e.RecoversWithin = f.optionalDuration("within"), f.optionalDuration("not_before"), f.optionalDuration("recovers_within")
	e.After, e.RecoveredAfter = f.phase("after"), f.phase("recovered_after")
	e.At = f.moment("at")
	e.Never = f.statuses("never")
	e.Notifies, e.NotifiesOnly = f.handles("notifies"), f.handles("notifies_only")
	e.MessageContains = f.Texts("message_contains", `["no consumer"]`)
	e.Silent = f.Flag("silent")
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

// phase reads the name of a phase. Whether the recording has it is seen when that is read.
func (f fields) phase(name string) string {
	text, ok := f.Text(name, `"incident_start"`)
	if ok && !hclsyntax.ValidIdentifier(text) {
		f.Wrong(name, "Not the name of a phase", fmt.Sprintf("%q cannot be the name of a recording's phase. Write one such as \"incident_start\"; "+
			"a time goes into at.", text))
		return ""
	}
	return text
}

func (f fields) moment(name string) *Moment {
	text, ok := f.Text(name, `"incident_start+4m"`)
	if !ok {
		return nil
	}
	m, ok := parseMoment(text)
	if !ok {
		f.Wrong(name, "Not a moment", fmt.Sprintf("%q is no moment. Write a phase (\"incident_start\"), a time from one (\"incident_start+4m\"), a clock time "+
			"in the recording's time zone (\"14:24:11\"), a time from the recording's start (\"+4m\") or an absolute time (\"2025-11-09T14:24:11Z\").", text))
		return nil
	}
	return &m
}

func (f fields) status(name string) string {
	text, ok := f.Text(name, `"Alert"`)
	if ok {
		text, _ = f.Among(name, spaced(text), statuses)
	}
	return text
}

// spaced lets no_data and no-data pass for No Data.
func spaced(status string) string { return strings.NewReplacer("_", " ", "-", " ").Replace(status) }

// statuses reads one state or a list of them.
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
		if s, ok := f.Among(name, spaced(text), statuses); ok {
			out = append(out, s)
		}
	}
	return out
}

// handles reads whom a message goes to.
func (f fields) handles(name string) []string {
	handles := f.Texts(name, `["@pagerduty-orders"]`)
	for _, h := range handles {
		if !strings.HasPrefix(h, "@") {
			f.Wrong(name, "Handle without @", name+" lists handles as they stand in a message, which begin with \"@\": [\"@pagerduty-orders\"].")
			return nil
		}
	}
	return handles
}

// group reads which group of a multi alert is meant: {queue = "a"} or "queue:a".
func (f fields) group(name string) []string {
	v, ok := f.Bare(name)
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
		f.Wrong(name, "Not a group", "group names one group of a multi alert by its tags. Write: group = { queue = \"a\" }, or group = \"queue:a\".")
	}
	slices.Sort(tags)
	return tags
}
