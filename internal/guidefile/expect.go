package guidefile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"ddmon/internal/diag"
	"ddmon/internal/guide"
	"ddmon/internal/lang"
	"ddmon/internal/monitor"
)

// expectBlock reads the expect block of a step. known means that the step's question is valid.
func (r *reader) expectBlock(b *hclsyntax.Block, s *guide.Step, known bool) {
	var block *hclsyntax.Block
	for _, inner := range b.Body.Blocks {
		switch {
		case inner.Type != "expect":
		case block != nil:
			r.report.Error("duplicate_block", "Duplicate block", fmt.Sprintf("The first expect block is at %s. Merge them into one: all attributes must hold.",
				lang.Position(block.DefRange())), inner.DefRange())
		default:
			block = inner
		}
	}
	if block == nil {
		r.report.Error("missing_field", "Step without expectation", "A step needs an expect block. Write: expect { last = \">= 1\" }", b.DefRange())
		return
	}
	r.report.CheckFields(block, expectType)
	f := lang.ReadFields(r.scope, block, nil, expectType.AttributeNames())
	s.Expect = r.expectation(f)
	s.Expect.Range, s.Expect.Ranges = block.DefRange(), f.Ranges
	if !known {
		return
	}
	allowed := guide.AttributesOf(s.Question.Product)
	set := 0
	for _, name := range expectType.AttributeNames() {
		switch {
		case !f.IsSet(name) || name == "basis":
		case !slices.Contains(allowed, name):
			f.Invalid(name, "Attribute for another question", fmt.Sprintf("%s does not apply to %s. Use %s.", name, s.Question.Product, strings.Join(allowed, ", ")))
		default:
			set++
		}
	}
	if set == 0 && !r.report.HasErrors() {
		r.report.Error("missing_field", "Empty expectation", fmt.Sprintf("The expect block expects nothing. Set one of %s.", strings.Join(allowed, ", ")), block.DefRange())
	}
	if s.Expect.Present && s.Expect.Absent {
		f.Invalid("absent", "Contradiction", "present and absent contradict each other. Remove one of them.")
	}
}

// expectation reads the attributes of an expect block.
func (r *reader) expectation(f *lang.Fields) guide.Expectation {
	return guide.Expectation{
		Count: number(f, "count"), Last: number(f, "last"), Min: number(f, "min"), Max: number(f, "max"),
		Change: comparison(f, "change", `"< 2x"`, guide.ParseFactor),
		Gap: comparison(f, "gap", `"< 2m"`, func(text string) (guide.Comparison, bool) {
			return guide.ParseLength(text, lang.ParseDuration)
		}),
		Trend:   trend(f),
		Present: f.Flag("present"), Absent: f.Flag("absent"),
		Status: statuses(f),
		Basis:  f.OneOf("basis", guide.Bases()),
	}
}

// number reads a comparison with a number, such as ">= 1". A number alone must be equal.
func number(f *lang.Fields, name string) *guide.Comparison {
	v, ok := f.Open(name)
	if ok && v.Type() == cty.Number {
		text, err := convert.Convert(v, cty.String)
		if err == nil {
			if c, ok := guide.ParseNumber(text.AsString()); ok {
				return &c
			}
		}
	}
	return comparison(f, name, `">= 1"`, guide.ParseNumber)
}

func comparison(f *lang.Fields, name, example string, parse func(string) (guide.Comparison, bool)) *guide.Comparison {
	text, ok := f.Text(name, example)
	if !ok {
		return nil
	}
	c, ok := parse(text)
	if !ok {
		f.Invalid(name, "Invalid comparison", fmt.Sprintf("%q is not a valid comparison. Write an operator (>=, >, <, <=, ==, !=) and a value, such as %s = %s.", text, name, example))
		return nil
	}
	return &c
}

// trend reads "flat or draining".
func trend(f *lang.Fields) []guide.Trend {
	text, ok := f.Text("trend", `"flat or draining"`)
	if !ok {
		return nil
	}
	var all []guide.Trend
	for _, word := range strings.Split(text, " or ") {
		if name, ok := f.Among("trend", strings.TrimSpace(word), guide.Trends()); ok {
			all = append(all, guide.Trend(name))
		}
	}
	return all
}

// statuses reads the accepted statuses of a monitor: "OK or Warn".
func statuses(f *lang.Fields) []string {
	text, ok := f.Text("status", `"OK"`)
	if !ok {
		return nil
	}
	known := []string{monitor.OK.String(), monitor.Warn.String(), monitor.Alert.String(), monitor.NoData.String()}
	var all []string
	for _, word := range strings.Split(text, " or ") {
		name, ok := find(known, strings.TrimSpace(word))
		if !ok {
			f.Invalid("status", "Invalid status", fmt.Sprintf("%q is not a status of a monitor. Use %s.%s", word, strings.Join(lang.InQuotes(known), ", "), diag.DidYouMean(word, known)))
			continue
		}
		all = append(all, name)
	}
	return all
}

func find(known []string, name string) (string, bool) {
	i := slices.IndexFunc(known, func(k string) bool { return strings.EqualFold(k, name) })
	if i < 0 {
		return "", false
	}
	return known[i], true
}
