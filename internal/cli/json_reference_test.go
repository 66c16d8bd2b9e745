package cli_test

import (
	"encoding/json"
	"fmt"
	"strings"
)

// referenceField is a field in the reference of the JSON output. Path is its place in the section, with [] for the elements of a list. Type is
// string, number, bool, object, any, or the name of another section.
type referenceField struct {
	Path, Type, Text string
}

// reference is the fields of the JSON output by section.
type reference map[string][]referenceField

// parseReference reads a reference. A section begins with "[name] what it is"; each field is indented by two spaces, and its
// text can go on in lines that are indented further.
func parseReference(text string) reference {
	out := reference{}
	section := ""
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		words := strings.Fields(line)
		fields := out[section]
		switch {
		case strings.HasPrefix(line, "["):
			section = strings.Trim(words[0], "[]")
			out[section] = nil
		case section == "" || len(words) < 2 || !strings.HasPrefix(line, "  "):
		case strings.HasPrefix(line, "   "):
			fields[len(fields)-1].Text += " " + strings.Join(words, " ")
		default:
			out[section] = append(fields, referenceField{words[0], words[1], strings.Join(words[2:], " ")})
		}
	}
	return out
}

// check compares a decoded document with a section, and returns what the section does not document. It adds the fields
// of the document to seen, as "section path".
func (r reference) check(section string, v any, seen map[string]bool) []string {
	types := map[string]string{}
	for _, f := range r[section] {
		types[f.Path] = f.Type
	}
	c := documentChecker{r, section, types, seen, nil}
	c.check("", v)
	return c.problems
}

type documentChecker struct {
	reference reference
	section   string
	types     map[string]string
	seen      map[string]bool
	problems  []string
}

func (c *documentChecker) check(path string, v any) {
	if kind, ok := c.types[path]; ok {
		c.seen[c.section+" "+path] = true
		if _, isSection := c.reference[kind]; isSection {
			c.problems = append(c.problems, c.reference.check(kind, v, c.seen)...)
		} else if got := jsonType(v); v != nil && kind != "any" && got != kind {
			c.problems = append(c.problems, fmt.Sprintf("[%s] %s is a %s, documented as %s", c.section, path, got, kind))
		}
		return
	}
	switch v := v.(type) {
	case map[string]any:
		for key, e := range v {
			c.check(strings.TrimPrefix(path+"."+key, "."), e)
		}
	case []any:
		for _, e := range v {
			c.check(path+"[]", e)
		}
	case nil:
	default:
		c.problems = append(c.problems, fmt.Sprintf("[%s] %s is not documented", c.section, path))
	}
}

func jsonType(v any) string {
	switch v.(type) {
	case map[string]any:
		return "object"
	case string:
		return "string"
	case bool:
		return "bool"
	case float64, json.Number:
		return "number"
	}
	return "list"
}
