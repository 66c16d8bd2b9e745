package replay

import (
	"encoding/json"
	"strings"

	"ddmon/internal/series"
)

// document is a log or an event; one of the two is set.
type document struct {
	log   *series.Log
	event *series.Event
}

func (d document) at() int64 {
	if d.log != nil {
		return d.log.At
	}
	return d.event.At
}

// size is about how much of a document a search looks at, in steps.
func (d document) size() int {
	if d.log == nil {
		return 4 + len(d.event.Tags) + (len(d.event.Title)+len(d.event.Text))/stepBytes
	}
	return 4 + len(d.log.Tags) + len(d.log.Message)/stepBytes + weight(d.log.Attributes)
}

// stepBytes is how much text one step looks at.
const stepBytes = 16

// weight is that of attributes.
func weight(v any) int {
	n := 1
	switch v := v.(type) {
	case map[string]any:
		for _, item := range v {
			n += weight(item)
		}
	case []any:
		for _, item := range v {
			n += weight(item)
		}
	case string:
		n += len(v) / stepBytes
	}
	return n
}

func (d document) tags() []string {
	if d.log != nil {
		return d.log.Tags
	}
	return d.event.Tags
}

// texts are what a search without a field looks at.
func (d document) texts() []string {
	if d.log == nil {
		return []string{d.event.Title, d.event.Text}
	}
	list := []string{d.log.Message}
	for _, path := range []string{"error.message", "error.stack", "title"} {
		if v, ok := d.attribute(path); ok {
			list = append(list, asText(v))
		}
	}
	return list
}

// reserved returns the value of host, source, status, service, trace_id, message or timestamp. What has no field of its
// own may be a tag or an attribute.
func (d document) reserved(name string) []string {
	var own string
	switch {
	case d.event != nil && name == "source":
		own = d.event.Source
	case d.event != nil && name == "message":
		own = d.event.Text
	case d.log == nil:
	case name == "host":
		own = d.log.Host
	case name == "source":
		own = d.log.Source
	case name == "status":
		own = d.log.Status
	case name == "service":
		own = d.log.Service
	case name == "message":
		own = d.log.Message
	}
	if own != "" {
		return []string{own}
	}
	if values := d.tagValues(name); values != nil {
		return values
	}
	return d.values(name)
}

func (d document) tagValues(key string) []string {
	var values []string
	for _, tag := range d.tags() {
		if k, v, _ := strings.Cut(tag, ":"); strings.EqualFold(k, key) {
			values = append(values, v)
		}
	}
	return values
}

// attribute finds a value by its path; a key may itself hold dots.
func (d document) attribute(path string) (any, bool) {
	if d.log == nil {
		return nil, false
	}
	return lookUp(d.log.Attributes, path)
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

// values are an attribute's as text, one for each item of a list.
func (d document) values(path string) []string {
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

// everyText is what *:term looks at: all of a document.
func (d document) everyText() []string {
	list := append(d.texts(), d.tags()...)
	if d.log == nil {
		return append(list, d.event.Source)
	}
	list = append(list, d.log.Service, d.log.Source, d.log.Host, d.log.Status)
	return collect(d.log.Attributes, list)
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
