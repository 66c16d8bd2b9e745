package series

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/limit"
)

// lines gives each line of the block's file to add, which returns the line's time, and reports the first fault.
func (l *loader) lines(block *hcl.Block, keys string, add func(number int, decode func(any) error) (int64, error)) {
	file := block.Labels[0]
	data, ok := l.data(file, block.LabelRanges[0])
	if !ok {
		return
	}
	number, last := 0, l.clock.start
	for line := range bytes.Lines(data) {
		number++
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		if len(line) > MaxLineBytes {
			l.fail("Line too long", fmt.Sprintf("The line has %d bytes, and at most %d are read (limit MaxLineBytes). Shorten its message, or leave out attributes that do not matter.",
				len(line), MaxLineBytes), l.lineRange(file, number, 1))
			return
		}
		if l.elements += limit.Elements(line) + objectElements*bytes.Count(line, []byte("{")); l.elements > MaxElements {
			l.fail("Too many values", fmt.Sprintf("Up to this line the recording's logs and events hold more than %d values (limit MaxElements). Leave out attributes that do not matter.", MaxElements),
				l.lineRange(file, number, 1))
			return
		}
		at, err := add(number, func(into any) error { return decodeLine(line, keys, into) })
		if err == nil && at < last {
			err = fmt.Errorf("the line before is later, at %s: sort the file by time", l.clock.show(last))
		}
		if err != nil {
			l.fail("Invalid line", err.Error(), l.lineRange(file, number, column(err)))
			return
		}
		last = at
	}
}

func (l *loader) lineTime(text string) (int64, error) {
	if text == "" {
		return 0, errors.New("the line has no timestamp: add one, such as 2025-11-09T14:17:17Z")
	}
	at, err := l.clock.stamp(text)
	if err == nil && !l.clock.holds(at) {
		err = errors.New(l.clock.outside("The line", at))
	}
	return at, err
}

// lineError is a fault at a byte of a line.
type lineError struct {
	offset int64
	text   string
}

func (e *lineError) Error() string { return e.text }

func column(err error) int {
	var at *lineError
	if errors.As(err, &at) {
		return int(max(1, at.offset))
	}
	return 1
}

// decodeLine reads one JSON object and nothing else.
func decodeLine(line []byte, keys string, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	decoder.UseNumber()
	err := decoder.Decode(into)
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case err == nil:
		if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
			return &lineError{offset: decoder.InputOffset(), text: "Something follows the JSON object. Put each object on a line of its own."}
		}
		return nil
	case errors.As(err, &syntax):
		return &lineError{offset: syntax.Offset, text: fmt.Sprintf("The line is not a JSON object: %s.", err)}
	case errors.As(err, &kind):
		return &lineError{offset: kind.Offset, text: fmt.Sprintf("%s is a JSON %s and must be a %s. Correct its type.", kind.Field, kind.Value, kind.Type)}
	}
	if name, unknown := strings.CutPrefix(err.Error(), "json: unknown field "); unknown {
		return fmt.Errorf("the key %s is not known: a line has %s", short(name), keys)
	}
	return fmt.Errorf("The line is not a JSON object: %w.", err)
}

// joinTags appends a line's tags to those of its block. Lines with the same tags share them.
func (l *loader) joinTags(common, own []string) ([]string, error) {
	if len(own) == 0 {
		return common, nil
	}
	if len(common)+len(own) > MaxTags {
		return nil, fmt.Errorf("The line has %d tags with those of its block, and at most %d are read (limit MaxTags). Keep those that monitors look for.", len(common)+len(own), MaxTags)
	}
	tags := slices.Clone(common)
	for _, tag := range own {
		if err := checkTag(tag, tags); err != nil {
			return nil, err
		}
		tags = append(tags, tag)
	}
	key := strings.Join(tags, ",") // no tag has a comma
	if known, ok := l.tagSets[key]; ok {
		return known, nil
	}
	l.tagSets[key] = slices.Clip(tags)
	return tags, nil
}

// override sets a field to what a line says itself, if it says anything. The same text of several lines is kept once.
func (l *loader) override(field, own *string) {
	if own == nil {
		return
	}
	known, ok := l.texts[*own]
	if !ok {
		known = *own
		l.texts[known] = known
	}
	*field = known
}
