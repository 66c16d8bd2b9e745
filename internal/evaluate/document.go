package evaluate

import (
	"encoding/json"
	"strings"

	"ddmon/internal/series"
)

// Document is a log or an event; one of the two is set.
type Document struct {
	Log   *series.Log
	Event *series.Event
}

// At returns the time in Unix milliseconds.
func (d Document) At() int64 {
	if d.Log != nil {
		return d.Log.At
	}
	return d.Event.At
}

// size estimates the cost of searching a document, in steps.
func (d Document) size() int {
	if d.Log == nil {
		return 4 + len(d.Event.Tags) + (len(d.Event.Title)+len(d.Event.Text))/StepBytes
	}
	return 4 + len(d.Log.Tags) + len(d.Log.Message)/StepBytes + attributeSize(d.Log.Attributes)
}

// StepBytes is the number of bytes of a string that are searched in one step.
const StepBytes = 16

// attributeSize is size for attributes.
func attributeSize(v any) int {
	n := 1
	switch v := v.(type) {
	case map[string]any:
		for _, item := range v {
			n += attributeSize(item)
		}
	case []any:
		for _, item := range v {
			n += attributeSize(item)
		}
	case string:
		n += len(v) / StepBytes
	}
	return n
}

func (d Document) tags() []string {
	if d.Log != nil {
		return d.Log.Tags
	}
	return d.Event.Tags
}

// texts returns the strings that a search without a field matches.
func (d Document) texts() []string {
	if d.Log == nil {
		return []string{d.Event.Title, d.Event.Text}
	}
	list := []string{d.Log.Message}
	for _, path := range []string{"error.message", "error.stack", "title"} {
		if v, ok := d.attribute(path); ok {
			list = append(list, asText(v))
		}
	}
	return list
}

// Reserved returns the value of a reserved attribute: host, source, status, service, trace_id, message or timestamp. If
// it is not set, Reserved returns the tag or attribute with that name.
func (d Document) Reserved(name string) []string {
	var own string
	switch {
	case d.Event != nil && name == "source":
		own = d.Event.Source
	case d.Event != nil && name == "message":
		own = d.Event.Text
	case d.Log == nil:
	case name == "host":
		own = d.Log.Host
	case name == "source":
		own = d.Log.Source
	case name == "status":
		own = d.Log.Status
	case name == "service":
		own = d.Log.Service
	case name == "message":
		own = d.Log.Message
	}
	if own != "" {
		return []string{own}
	}
	if values := d.TagValues(name); values != nil {
		return values
	}
	return d.Values(name)
}

// TagValues returns the values of a tag.
func (d Document) TagValues(key string) []string {
	var values []string
	for _, tag := range d.tags() {
		if k, v, _ := strings.Cut(tag, ":"); strings.EqualFold(k, key) {
			values = append(values, v)
		}
	}
	return values
}

// attribute returns the attribute at a path. Keys can contain dots.
func (d Document) attribute(path string) (any, bool) {
	if d.Log == nil {
		return nil, false
	}
	return lookUp(d.Log.Attributes, path)
}

func lookUp(object map[string]any, path string) (any, bool) {
	if v, ok := object[path]; ok {
		return v, v != nil
	}
	for i := range len(path) {
		if path[i] != '.' {
			continue
		}
		if inner, ok := object[path[:i]].(map[string]any); ok {
			if v, ok := lookUp(inner, path[i+1:]); ok {
				return v, true
			}
		}
	}
	return nil, false
}

// Values returns an attribute as strings: one for each element of a list.
func (d Document) Values(path string) []string {
	v, ok := d.attribute(path)
	if !ok {
		return nil
	}
	list, ok := v.([]any)
	if !ok {
		return []string{asText(v)}
	}
	var texts []string
	for _, item := range list {
		texts = append(texts, asText(item))
	}
	return texts
}

func asText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return "false"
	}
	text, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(text)
}

// everyText returns the strings that *:term matches: the whole document.
func (d Document) everyText() []string {
	list := append(d.texts(), d.tags()...)
	if d.Log == nil {
		return append(list, d.Event.Source)
	}
	list = append(list, d.Log.Service, d.Log.Source, d.Log.Host, d.Log.Status)
	return collect(d.Log.Attributes, list)
}

func collect(v any, into []string) []string {
	switch v := v.(type) {
	case map[string]any:
		for _, item := range v {
			into = collect(item, into)
		}
		return into
	case []any:
		for _, item := range v {
			into = collect(item, into)
		}
		return into
	}
	return append(into, asText(v))
}

// Text returns the message of a log, or the text or title of an event.
func (d Document) Text() string {
	switch {
	case d.Log != nil:
		return d.Log.Message
	case d.Event.Text != "":
		return d.Event.Text
	}
	return d.Event.Title
}
