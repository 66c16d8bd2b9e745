package series

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// csv reads real data: a column of times and one of values.
func (l *loader) csv(content *hcl.BodyContent, piece Piece) ([]Segment, bool) {
	file, at, ok := l.text(content, "csv")
	if !ok {
		return nil, false
	}
	column := "value"
	if name, _, ok := l.text(content, "column"); ok {
		column = name
	}
	data, ok := l.data(file, at)
	if !ok {
		return nil, false
	}
	if !l.fits(file, data) {
		return nil, false
	}
	t := &table{loader: l, file: file, column: column, rows: csv.NewReader(bytes.NewReader(data))}
	t.rows.ReuseRecord = true
	t.rows.TrimLeadingSpace = true
	t.rows.Comment = '#'
	t.at = at
	if !t.header() {
		return nil, false
	}
	segment := Segment{Interval: milliseconds(piece.Interval)}
	for {
		switch more, ok := t.row(&segment); {
		case !ok:
			return nil, false
		case !more:
			segment.Times, segment.Values = slices.Clip(segment.Times), slices.Clip(segment.Values)
			if segment.Count = len(segment.Times); segment.Count == 0 {
				return nil, true
			}
			segment.Start = segment.Times[0]
			return []Segment{segment}, true
		}
	}
}

// table is a CSV file being read.
type table struct {
	*loader
	file, column     string
	rows             *csv.Reader
	timeAt, valuesAt int
	at               hcl.Range // of the file's name
}

func (t *table) header() bool {
	row, err := t.rows.Read()
	if err != nil && !errors.Is(err, io.EOF) {
		return t.broken(err)
	}
	t.timeAt, t.valuesAt = slices.Index(row, "timestamp"), slices.Index(row, t.column)
	if t.timeAt < 0 || t.valuesAt < 0 {
		t.fail("Missing column", fmt.Sprintf("The first line names the columns, among them timestamp and %s; it is %q. Add the line, or name the column with column.", short(t.column), short(strings.Join(row, ","))), t.lineRange(t.file, 1, 1))
		return false
	}
	return true
}

// row adds one line's sample to the segment.
func (t *table) row(segment *Segment) (more, ok bool) {
	row, err := t.rows.Read()
	if errors.Is(err, io.EOF) {
		return false, true
	}
	if err != nil {
		return false, t.broken(err)
	}
	at, err := t.clock.stamp(row[t.timeAt])
	n := len(segment.Times)
	switch {
	case err != nil:
		return false, t.wrong(t.timeAt, "Invalid time", err.Error())
	case !t.clock.holds(at):
		return false, t.wrong(t.timeAt, "Sample outside the recording", t.clock.outside("A sample", at))
	case n > 0 && at == segment.Times[n-1]:
		return false, t.wrong(t.timeAt, "Duplicate time", "The line before has the same time. A series has one value at a time: split the file by tags, or remove one.")
	case n > 0 && at < segment.Times[n-1]:
		return false, t.wrong(t.timeAt, "Unsorted times", fmt.Sprintf("The line before is later, at %s. Sort the file by time.", t.clock.show(segment.Times[n-1])))
	case row[t.valuesAt] == "":
		return true, true
	}
	value, err := strconv.ParseFloat(row[t.valuesAt], 64)
	if err != nil || math.IsNaN(value) || math.IsInf(value, 0) {
		return false, t.wrong(t.valuesAt, "Invalid value", fmt.Sprintf("%q is not a finite number. Leave the cell empty where there is no sample.", short(row[t.valuesAt])))
	}
	if !t.count(1, t.at) {
		return false, false
	}
	segment.Times, segment.Values = append(segment.Times, at), append(segment.Values, value)
	return true, true
}

// wrong reports a cell of the current line.
func (t *table) wrong(cell int, summary, detail string) bool {
	line, column := t.rows.FieldPos(cell)
	t.fail(summary, detail, t.lineRange(t.file, line, column))
	return false
}

// broken reports a line that is no CSV.
func (t *table) broken(err error) bool {
	line, column := 1, 1
	var at *csv.ParseError
	if errors.As(err, &at) {
		line, column, err = at.Line, at.Column, at.Err
	}
	t.fail("Invalid CSV", fmt.Sprintf("The line cannot be read: %s. Write as many fields as the first line has, with quotes doubled inside quotes.", err), t.lineRange(t.file, line, column))
	return false
}
