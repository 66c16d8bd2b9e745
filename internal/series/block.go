package series

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

var seriesSchema = &hcl.BodySchema{Attributes: []hcl.AttributeSchema{
	{Name: "tags"}, {Name: "type", Required: true}, {Name: "unit"}, {Name: "interval"}, {Name: "start"},
	{Name: "values"}, {Name: "csv"}, {Name: "column"}, {Name: "chosen"},
}}

var (
	metricName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.]{0,199}$`)
	types      = []Type{Gauge, Count, Rate, ServiceCheck}
)

// series reads one block: a series, or a piece of one that an earlier block began.
func (l *loader) series(block *hcl.Block) {
	content, diags := block.Body.Content(seriesSchema)
	l.diags = append(l.diags, diags...)
	if diags.HasErrors() {
		return
	}
	one := &Series{Metric: block.Labels[0], Tags: l.tags(content), Range: block.DefRange}
	slices.Sort(one.Tags)
	one.Unit, _, _ = l.text(content, "unit")
	typed := l.seriesType(content, one)
	if !metricName.MatchString(one.Metric) {
		l.fail("Invalid metric", fmt.Sprintf("%q is not a metric's name: it begins with a letter; letters, digits, _ and . follow, 200 in all.", short(one.Metric)), block.LabelRanges[0])
		return
	}
	piece, ok := l.piece(content, block)
	segments, at, read := l.samples(content, piece, block)
	if !typed || !ok || !read || !l.checkSamples(one, segments, at) {
		return
	}
	piece.From, piece.To = segments[0].Start, segments[len(segments)-1].Last()+1
	l.add(one, piece, segments)
}

func (l *loader) seriesType(content *hcl.BodyContent, one *Series) bool {
	text, at, ok := l.text(content, "type")
	if !ok {
		return false
	}
	if one.Type = Type(text); !slices.Contains(types, one.Type) {
		l.fail("Invalid type", fmt.Sprintf("%q is not a type of metric. Write one of gauge, count, rate and service_check.", short(text)), at)
		return false
	}
	return true
}

// piece reads what of a block is about itself: when it starts, its interval, why it was chosen.
func (l *loader) piece(content *hcl.BodyContent, block *hcl.Block) (Piece, bool) {
	piece := Piece{From: l.clock.start, Range: block.DefRange}
	piece.Chosen, _, _ = l.text(content, "chosen")
	var ok bool
	if piece.Interval, ok = l.interval(content); ok && piece.Interval == 0 {
		piece.Interval = l.defaultInterval
	}
	if ok && piece.Interval == 0 {
		l.fail("Missing interval", `Say how far apart the samples are: interval = "15s" here, or once for all series at the top of the file.`, block.DefRange)
		return piece, false
	}
	text, at, given := l.text(content, "start")
	if !given {
		return piece, ok && content.Attributes["start"] == nil
	}
	var err error
	if piece.From, err = l.clock.parse(text); err != nil {
		l.fail("Invalid time", err.Error(), at)
		return piece, false
	}
	return piece, ok
}

// samples reads values or csv. The range is what holds them.
func (l *loader) samples(content *hcl.BodyContent, piece Piece, block *hcl.Block) ([]Segment, hcl.Range, bool) {
	values, listed := content.Attributes["values"]
	file, csv := content.Attributes["csv"]
	_, column := content.Attributes["column"]
	switch {
	case listed == csv:
		l.fail("Values or CSV", "Give a series either values in compact notation or the name of a csv file.", block.DefRange)
	case listed && column:
		l.fail("Column without CSV", "Only a csv file has columns. Remove column, or name the file with csv.", content.Attributes["column"].NameRange)
	case listed:
		segments, ok := l.values(values, piece)
		return segments, values.Expr.Range(), ok
	case content.Attributes["start"] != nil:
		l.fail("Start with CSV", "The lines of a csv file have times of their own. Remove start.", content.Attributes["start"].NameRange)
	default:
		segments, ok := l.csv(content, piece)
		return segments, file.Expr.Range(), ok
	}
	return nil, hcl.Range{}, false
}

// checkSamples judges where the samples are, and what those of a service check say.
func (l *loader) checkSamples(one *Series, segments []Segment, at hcl.Range) bool {
	if len(segments) == 0 {
		l.fail("Series without samples", "Nothing is recorded here. Remove the series, or add what it saw; a series that never reported is not in a recording.", at)
		return false
	}
	for _, edge := range []int64{segments[0].Start, segments[len(segments)-1].Last()} {
		if !l.clock.holds(edge) {
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
				l.fail("Invalid status", fmt.Sprintf("At %s the check's status is %v. Write 0 (ok), 1 (warning), 2 (critical) or 3 (unknown).", l.clock.show(when), v), at)
				return false
			}
		}
	}
	return true
}

// add joins a block to its series, which has to go on in time, and with the type that the metric has elsewhere.
func (l *loader) add(one *Series, piece Piece, segments []Segment) {
	r := l.recording
	if same := r.byMetric[one.Metric]; len(same) > 0 && (same[0].Type != one.Type || same[0].Unit != one.Unit) {
		l.fail("Metric of two types", fmt.Sprintf("A metric has one type and one unit. At %s it is %s %q, here %s %q.",
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
	} else if last := series.Pieces[len(series.Pieces)-1]; piece.From < last.To {
		l.fail("Samples out of order", fmt.Sprintf("This piece begins at %s, but the one at %s goes on until %s. Put pieces in the order of time, and let none overlap.",
			l.clock.show(piece.From), last.Range, l.clock.show(last.To-1)), one.Range)
		return
	}
	series.Pieces = append(series.Pieces, piece)
	series.Segments = append(series.Segments, segments...)
}
