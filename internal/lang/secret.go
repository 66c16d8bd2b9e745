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

// Output hides values computed from a sensitive value by their path in a body. The same strings can appear elsewhere:
// in an error from Datadog, in a rendered notification, in an object whose block was removed. So the strings in such
// values are recorded as well: results of functions, parts of templates, values of fields.

// The maximum number of recorded strings, and of their bytes. A stack with more is an error: output would reveal
// strings that are not recorded.
const (
	maxLearned      = 100_000
	maxLearnedBytes = 32 << 20
)

// Secrets records the strings that are computed from sensitive values.
type Secrets struct {
	report *Reporter
	// from maps each string to the sensitive variables that it comes from; empty if nonsensitive was applied to the
	// string.
	from  map[string]string
	bytes int
	// declared has the positions of the sensitive variables' declarations.
	declared map[string]hcl.Range
}

func newSecrets(report *Reporter) *Secrets {
	return &Secrets{report: report, from: map[string]string{}, declared: map[string]hcl.Range{}}
}

// Mark returns the value of a sensitive variable with its mark, and the strings in it; at is the position of the
// declaration.
func (s *Secrets) Mark(value cty.Value, variable string, at hcl.Range) (marked cty.Value, inside []string) {
	s.declared[variable] = at
	bare, _ := value.UnmarkDeep()
	return value.Mark(sensitiveMark(variable)), texts(bare)
}

// Learn records the strings in the sensitive parts of a value.
func (s *Secrets) Learn(v cty.Value) { s.learnTexts(v, func(string) bool { return true }) }

// LearnField is Learn for the value of a field. It skips multi-line strings: they come from templates, whose parts are
// recorded, and recording each line would hide the same line of any other string.
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

// tooMany reports the limit once, at the sensitive variable that the first excess string comes from.
func (s *Secrets) tooMany(name string) {
	const summary = "Too many sensitive strings"
	if slices.ContainsFunc(s.report.Diagnostics(), func(d *hcl.Diagnostic) bool { return d.Summary == summary }) {
		return
	}
	s.report.Error(CodeLimit, summary, fmt.Sprintf("More than %d,000 strings, or %d MiB of strings, are computed from sensitive values, too many to redact in "+
		"output. Mark fewer values as sensitive, or wrap values that are not secret in nonsensitive().", maxLearned/1000, maxLearnedBytes>>20), s.declared[name])
}

// forget removes the strings of a value that nonsensitive was applied to.
func (s *Secrets) forget(v cty.Value) {
	bare, _ := v.UnmarkDeep()
	for _, text := range texts(bare) {
		s.from[text] = ""
	}
}

// Derived returns the recorded strings, by the names of the variables.
func (s *Secrets) Derived() map[string][]string {
	all := map[string][]string{}
	for text, name := range s.from {
		if name != "" {
			all[name] = append(all[name], text)
		}
	}
	return all
}

// texts returns the strings and numbers in a value, as strings.
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

// learnParts records the sensitive strings in the templates of an expression part by part, because a rendered message
// can contain only some of the parts. Parts that have a value only inside a for expression are covered by the value as
// a whole. value evaluates a part; it is false if that fails.
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
