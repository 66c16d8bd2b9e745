package series

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

var metricName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.]{0,199}$`)

// series reads a series block, which starts a series or continues the series of an earlier block.
func (l *loader) series(block *hcl.Block) {
	content, diags := block.Body.Content(seriesType.Schema())
	l.diags = append(l.diags, diags...)
	if diags.HasErrors() {
		return
	}
	one := &Series{Metric: block.Labels[0], Tags: l.tags(content), Range: block.DefRange}
	slices.Sort(one.Tags)
	one.Unit, _, _ = l.stringAttribute(content, "unit")
	typed := l.seriesType(content, one)
	if !metricName.MatchString(one.Metric) {
		l.fail("Invalid metric name", fmt.Sprintf("%q is not a valid metric name. A name starts with a letter and contains letters, digits, _ and ., at most 200 characters.", truncate(one.Metric)), block.LabelRanges[0])
		return
	}
	part, ok := l.blockAttributes(content, block)
	segments, at, read := l.samples(content, part, block)
	if !typed || !ok || !read || !l.checkSamples(one, segments, at) {
		return
	}
	part.From, part.To = segments[0].Start, segments[len(segments)-1].Last()+1
	l.add(one, part, segments)
}

func (l *loader) seriesType(content *hcl.BodyContent, one *Series) bool {
	text, at, ok := l.stringAttribute(content, "type")
	if !ok {
		return false
	}
	if one.Type = Type(text); !slices.Contains(seriesType.Attribute("type").Values, text) {
		l.fail("Invalid type", fmt.Sprintf("%q is not a valid metric type. Use gauge, count, rate or service_check.", truncate(text)), at)
		return false
	}
	return true
}

// blockAttributes reads the attributes that apply to a single block: start, interval and chosen.
func (l *loader) blockAttributes(content *hcl.BodyContent, block *hcl.Block) (Block, bool) {
	part := Block{From: l.clock.start, Range: block.DefRange}
	part.Chosen, _, _ = l.stringAttribute(content, "chosen")
	var ok bool
	if part.Interval, ok = l.interval(content); ok && part.Interval == 0 {
		part.Interval = l.defaultInterval
	}
	if ok && part.Interval == 0 {
		l.fail("Missing interval", `The time between samples is not set. Write interval = "15s" here, or once at the top of the file for all series.`, block.DefRange)
		return part, false
	}
	text, at, given := l.stringAttribute(content, "start")
	if !given {
		return part, ok && content.Attributes["start"] == nil
	}
	var err error
	if part.From, err = l.clock.parse(text); err != nil {
		l.fail("Invalid time", err.Error(), at)
		return part, false
	}
	return part, ok
}

// samples reads values or csv. The range is that attribute's value.
func (l *loader) samples(content *hcl.BodyContent, part Block, block *hcl.Block) ([]Segment, hcl.Range, bool) {
	values, listed := content.Attributes["values"]
	file, csv := content.Attributes["csv"]
	switch {
	case listed == csv:
		l.fail("Series needs values or csv", "Set either values (in compact notation) or csv (the name of a file), not both.", block.DefRange)
	case listed:
		for _, name := range []string{"column", "time_column"} {
			if column := content.Attributes[name]; column != nil {
				l.fail(name+" without csv", name+" selects a column of a CSV file. Remove it, or set csv instead of values.", column.NameRange)
				return nil, hcl.Range{}, false
			}
		}
		segments, ok := l.values(values, part)
		return segments, values.Expr.Range(), ok
	case content.Attributes["start"] != nil:
		l.fail("start with csv", "A CSV file has a timestamp on every line. Remove start.", content.Attributes["start"].NameRange)
	default:
		segments, ok := l.csv(content, part)
		return segments, file.Expr.Range(), ok
	}
	return nil, hcl.Range{}, false
}

// checkSamples checks the times of the samples, and the values of a service check.
func (l *loader) checkSamples(one *Series, segments []Segment, at hcl.Range) bool {
	if len(segments) == 0 {
		l.fail("Series without samples", "Add samples, or remove the series. A series that never reported does not belong in a recording.", at)
		return false
	}
	for _, edge := range []int64{segments[0].Start, segments[len(segments)-1].Last()} {
		if !l.clock.contains(edge) {
			l.fail("Sample outside the recording", l.clock.outside("A sample", edge), at)
			return false
		}
	}
	if one.Type != ServiceCheck {
		return true
	}
	for k := range segments {
		for i := range segments[k].Count {
			if when, v := segments[k].At(i); v != 0 && v != 1 && v != 2 && v != 3 {
				l.fail("Invalid status", fmt.Sprintf("The status of the service check at %s is %v. Use 0 (ok), 1 (warning), 2 (critical) or 3 (unknown).", l.clock.format(when), v), at)
				return false
			}
		}
	}
	return true
}

// add appends a block to its series. The block must not overlap the previous one, and its type and unit must match the
// other series of the metric.
func (l *loader) add(one *Series, part Block, segments []Segment) {
	r := l.recording
	if same := r.byMetric[one.Metric]; len(same) > 0 && (same[0].Type != one.Type || same[0].Unit != one.Unit) {
		l.fail("Metric with two types", fmt.Sprintf("All series of a metric must have the same type and unit. At %s they are %s %q, here %s %q.",
			same[0].Range, same[0].Type, same[0].Unit, one.Type, one.Unit), one.Range)
		return
	}
	key := one.Metric + "{" + strings.Join(one.Tags, ",") + "}"
	series := l.bySource[key]
	if series == nil {
		series = one
		l.bySource[key] = one
		r.Series = append(r.Series, one)
		r.byMetric[one.Metric] = append(r.byMetric[one.Metric], one)
	} else if last := series.Blocks[len(series.Blocks)-1]; part.From < last.To {
		l.fail("Samples out of order", fmt.Sprintf("This block starts at %s, but the block at %s ends at %s. Sort the blocks of a series by time, without overlaps.",
			l.clock.format(part.From), last.Range, l.clock.format(last.To-1)), one.Range)
		return
	}
	series.Blocks = append(series.Blocks, part)
	series.Segments = append(series.Segments, segments...)
}
