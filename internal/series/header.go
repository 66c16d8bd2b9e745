package series

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"
)

// header reads the attributes of the recording. It returns false if start or end is invalid.
func (l *loader) header(content *hcl.BodyContent) bool {
	r := l.recording
	r.Name = l.defaultName()
	if name, _, ok := l.stringAttribute(content, "name"); ok {
		r.Name = name
	}
	r.Note, _, _ = l.stringAttribute(content, "note")
	r.Source, _, _ = l.stringAttribute(content, "source")
	if !l.timezone(content) {
		return false
	}
	start, _, okStart := l.absoluteTime(content, "start")
	end, at, okEnd := l.absoluteTime(content, "end")
	if !okStart || !okEnd {
		return false
	}
	if end <= start || end-start > MaxLength.Milliseconds() {
		l.fail("Invalid end", fmt.Sprintf("end must be after start, by at most %d days. end is %s, start is %s.",
			MaxLength/(24*time.Hour), l.clock.format(end), l.clock.format(start)), at)
		return false
	}
	l.clock.start, l.clock.end = start, end
	r.Start, r.End = start, end
	l.defaultInterval, _ = l.interval(content)
	return true
}

// defaultName is the name of the folder, or the name of the file if it is not called recording.hcl.
func (l *loader) defaultName() string {
	if l.file != fileName {
		return strings.TrimSuffix(l.file, filepath.Ext(l.file))
	}
	if absolute, err := filepath.Abs(l.folder); err == nil {
		return filepath.Base(absolute) // the name of "."
	}
	return filepath.Base(l.folder)
}

func (l *loader) timezone(content *hcl.BodyContent) bool {
	name, at, ok := l.stringAttribute(content, "timezone")
	if !ok {
		name = recordingType.DefaultText("timezone")
	}
	location, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		l.fail("Unknown time zone", fmt.Sprintf("%q is not in the IANA time zone database. Use a name such as UTC, Asia/Kolkata or Europe/Berlin.", truncate(name)), at)
		return false
	}
	l.clock.location, l.recording.Location = location, location
	return true
}

// absoluteTime reads start or end, which must be absolute times.
func (l *loader) absoluteTime(content *hcl.BodyContent, name string) (int64, hcl.Range, bool) {
	text, at, ok := l.stringAttribute(content, name)
	if !ok {
		return 0, at, false
	}
	ms, err := l.clock.absolute(text)
	if err != nil {
		l.fail("Invalid time", name+" must be an absolute time, such as 2025-11-09T14:17:17Z: "+err.Error(), at)
		return 0, at, false
	}
	return ms, at, true
}

// phases reads a phases block: name = time.
func (l *loader) phases(block *hcl.Block) {
	attributes, diags := block.Body.JustAttributes()
	l.diags = append(l.diags, diags...)
	for _, name := range sortedNames(attributes) {
		attribute := attributes[name]
		text, ok := l.stringValue(attribute.Expr, name)
		if !ok {
			continue
		}
		at, err := l.clock.parse(text)
		switch _, twice := l.recording.Phase(name); {
		case err != nil:
			l.fail("Invalid time", err.Error(), attribute.Expr.Range())
		case len(l.recording.Phases) >= MaxPhases:
			l.fail("Too many phases", fmt.Sprintf("The recording has more than %d phases (limit MaxPhases). Keep the phases that tests refer to.", MaxPhases), attribute.NameRange)
			return
		case twice:
			l.fail("Duplicate phase", fmt.Sprintf("The phase %s is already defined in another block. Rename one of them.", name), attribute.NameRange)
		case at < l.clock.start || at > l.clock.end:
			l.fail("Phase outside the recording", l.clock.outside("The phase "+name, at), attribute.Expr.Range())
		default:
			l.recording.Phases = append(l.recording.Phases, Phase{Name: name, At: at, Range: attribute.Range})
		}
	}
}

// sortByTime sorts the phases, logs and events of all blocks by time.
func (l *loader) sortByTime() {
	r := l.recording
	slices.SortFunc(r.Phases, func(a, b Phase) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Name, b.Name)) })
	slices.SortStableFunc(r.Logs, func(a, b Log) int { return cmp.Compare(a.At, b.At) })
	slices.SortStableFunc(r.Events, func(a, b Event) int { return cmp.Compare(a.At, b.At) })
}
