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

	"ddmon/internal/lang"
	"ddmon/internal/limit"
)

// lines passes each line of the block's file to add, which returns the line's time. It reports the first error.
func (l *loader) lines(block *hcl.Block, t *lang.BlockType, add func(number int, decode func(any) error) (int64, error)) {
	file := block.Labels[0]
	data, ok := l.readFile(file, block.LabelRanges[0])
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
			l.fail("Line too long", fmt.Sprintf("The line has %d bytes; the limit is %d (MaxLineBytes). Shorten the message, or remove attributes.",
				len(line), MaxLineBytes), l.lineRange(file, number, 1))
			return
		}
		if l.elements += limit.Elements(line) + objectElements*bytes.Count(line, []byte("{")); l.elements > MaxElements {
			l.fail("Too many values", fmt.Sprintf("Up to this line, the logs and events of the recording have more than %d values (limit MaxElements). Remove attributes.", MaxElements),
				l.lineRange(file, number, 1))
			return
		}
		at, err := add(number, func(into any) error { return decodeLine(line, t, into) })
		if err == nil && at < last {
			err = fmt.Errorf("the previous line has a later timestamp, %s: sort the file by time", l.clock.format(last))
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
	at, err := l.clock.timestamp(text)
	if err == nil && !l.clock.contains(at) {
		err = errors.New(l.clock.outside("The line", at))
	}
	return at, err
}

// lineError is an error at a byte offset of a line.
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

// decodeLine decodes a line that must be exactly one JSON object.
func decodeLine(line []byte, t *lang.BlockType, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	decoder.UseNumber()
	err := decoder.Decode(into)
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case err == nil:
		if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
			return &lineError{offset: decoder.InputOffset(), text: "There is more data after the JSON object. Put each object on a separate line."}
		}
		return nil
	case errors.As(err, &syntax):
		return &lineError{offset: syntax.Offset, text: fmt.Sprintf("The line is not a JSON object: %s.", err)}
	case errors.As(err, &kind):
		return &lineError{offset: kind.Offset, text: fmt.Sprintf("%s is a JSON %s but must be a %s.", kind.Field, kind.Value, kind.Type)}
	}
	if name, unknown := strings.CutPrefix(err.Error(), "json: unknown field "); unknown {
		return fmt.Errorf("unknown key %s: the keys of a line are %s", truncate(name), andList(t.KeyNames()))
	}
	return fmt.Errorf("The line is not a JSON object: %w.", err)
}

// joinTags appends a line's tags to the tags of its block. Lines with the same tags share one slice.
func (l *loader) joinTags(common, own []string) ([]string, error) {
	if len(own) == 0 {
		return common, nil
	}
	if len(common)+len(own) > MaxTags {
		return nil, fmt.Errorf("The line has %d tags, including those of its block; the limit is %d (MaxTags). Keep the tags that monitors use.", len(common)+len(own), MaxTags)
	}
	tags := slices.Clone(common)
	for _, tag := range own {
		if err := checkTag(tag, tags); err != nil {
			return nil, err
		}
		tags = append(tags, tag)
	}
	key := strings.Join(tags, ",") // no tag has a comma
	if known, ok := l.sharedTags[key]; ok {
		return known, nil
	}
	l.sharedTags[key] = slices.Clip(tags)
	return tags, nil
}

// override sets a field to the line's own value, if it has one. Equal strings of several lines are stored once.
func (l *loader) override(field, own *string) {
	if own == nil {
		return
	}
	known, ok := l.sharedStrings[*own]
	if !ok {
		known = *own
		l.sharedStrings[known] = known
	}
	*field = known
}

// andList joins words as a sentence does: a, b and c.
func andList(words []string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
