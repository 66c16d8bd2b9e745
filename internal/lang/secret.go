package lang

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"ddmon/internal/object"
)

// What is computed from a sensitive value is hidden by its place in a body. It may come back elsewhere: in an error of
// Datadog's, in a notification that a message is rendered to, in an object whose block was removed. So the texts that make up
// such values are remembered as well: results of functions, parts of templates, values of fields.

// The most texts that are remembered, and the most bytes of them. A stack with more is an error: what is not remembered
// would be shown where its place alone does not hide it.
const (
	maxLearned      = 100_000
	maxLearnedBytes = 32 << 20
)

// Secrets remembers the texts that are computed from sensitive values.
type Secrets struct {
	report *Reporter
	// from says by its text which sensitive variables each came from; it is empty if nonsensitive says that the text is not
	// sensitive.
	from  map[string]string
	bytes int
	// declared says where the sensitive variables are declared.
	declared map[string]hcl.Range
}

func newSecrets(report *Reporter) *Secrets {
	return &Secrets{report: report, from: map[string]string{}, declared: map[string]hcl.Range{}}
}

// Mark returns the value of a sensitive variable, which is declared at a place, with its mark, and the texts in it.
func (s *Secrets) Mark(value cty.Value, variable string, at hcl.Range) (marked cty.Value, inside []string) {
	s.declared[variable] = at
	bare, _ := value.UnmarkDeep()
	return value.Mark(sensitiveMark(variable)), texts(bare)
}

// Learn remembers the texts of those parts of a value that are sensitive.
func (s *Secrets) Learn(v cty.Value) { s.learnTexts(v, func(string) bool { return true }) }

// LearnField does so for what a field holds. Of a text of several lines, which was a template elsewhere, the parts are
// known; each of its lines would hide the same line of any other text.
func (s *Secrets) LearnField(v cty.Value) {
	s.learnTexts(v, func(text string) bool { return !strings.Contains(text, "\n") })
}

func (s *Secrets) learnTexts(v cty.Value, wanted func(string) bool) {
	if v == cty.NilVal || !HasSensitive(v) {
		return
	}
	_ = cty.Walk(v, func(_ cty.Path, v cty.Value) (bool, error) { // it returns no error of its own
		if !v.IsMarked() {
			return true, nil
		}
		bare, marks := v.Unmark()
		var names []string
		for m := range marks {
			if name, ok := m.(sensitiveMark); ok {
				names = append(names, string(name))
			}
		}
		if len(names) == 0 {
			return true, nil
		}
		slices.Sort(names)
		bare, _ = bare.UnmarkDeep()
		for _, text := range texts(bare) {
			if wanted(text) {
				s.remember(strings.Join(names, " and "), text)
			}
		}
		return false, nil
	})
}

func (s *Secrets) remember(name, text string) {
	if _, known := s.from[text]; known || strings.Contains(text, sentinelOpen) {
		return
	}
	if len(s.from) >= maxLearned || s.bytes+len(text) > maxLearnedBytes {
		s.tooMany(name)
		return
	}
	s.from[text] = name
	s.bytes += len(text)
}

// tooMany is reported once, at the sensitive variable that the first text too many comes from.
func (s *Secrets) tooMany(name string) {
	const summary = "Too many sensitive texts"
	if slices.ContainsFunc(s.report.Diagnostics(), func(d *hcl.Diagnostic) bool { return d.Summary == summary }) {
		return
	}
	s.report.Error(CodeLimit, summary, fmt.Sprintf("More than %d,000 texts, or %d MiB of them, are computed from sensitive values, too many to look for in all "+
		"output. Mark fewer values as sensitive, or wrap what is not secret in nonsensitive().", maxLearned/1000, maxLearnedBytes>>20), s.declared[name])
}

// forget takes back what was remembered of a value that gives nothing away, as the configuration says.
func (s *Secrets) forget(v cty.Value) {
	bare, _ := v.UnmarkDeep()
	for _, text := range texts(bare) {
		s.from[text] = ""
	}
}

// Derived are the texts that are remembered, by the names of the variables.
func (s *Secrets) Derived() map[string][]string {
	all := map[string][]string{}
	for text, name := range s.from {
		if name != "" {
			all[name] = append(all[name], text)
		}
	}
	return all
}

// texts lists what a person would recognise of a value: its strings and numbers.
func texts(v cty.Value) []string {
	found := map[string]bool{}
	_ = cty.Walk(v, func(_ cty.Path, v cty.Value) (bool, error) {
		if v.IsKnown() && !v.IsNull() && (v.Type() == cty.String || v.Type() == cty.Number) {
			s, _ := convert.Convert(v, cty.String)
			found[s.AsString()] = true
		}
		return true, nil
	})
	delete(found, "")
	return object.SortedKeys(found)
}

// learnParts remembers what is sensitive in the templates of an expression, part by part: a rendered message
// holds only some of the parts. A part that only has a value inside of a for expression is left to the value as a whole.
// value evaluates a part; it is false if that has no value by itself.
func (s *Secrets) learnParts(e hclsyntax.Expression, value func(hclsyntax.Expression) (cty.Value, bool)) {
	_ = hclsyntax.VisitAll(e, func(n hclsyntax.Node) hcl.Diagnostics {
		template, ok := n.(*hclsyntax.TemplateExpr)
		if !ok {
			return nil
		}
		for _, part := range template.Parts {
			if _, written := part.(*hclsyntax.LiteralValueExpr); written {
				continue
			}
			if v, ok := value(part); ok {
				s.Learn(v)
			}
		}
		return nil
	})
}
