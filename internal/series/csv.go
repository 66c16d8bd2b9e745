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

// csv reads samples from a CSV file with a column of timestamps and a column of values.
func (l *loader) csv(content *hcl.BodyContent, part Block) ([]Segment, bool) {
	file, at, ok := l.stringAttribute(content, "csv")
	if !ok {
		return nil, false
	}
	column, times := seriesType.DefaultText("column"), seriesType.DefaultText("time_column")
	l.defaultString(content, "column", &column)
	l.defaultString(content, "time_column", &times)
	data, ok := l.readFile(file, at)
	if !ok {
		return nil, false
	}
	if !l.checkLines(file, data) {
		return nil, false
	}
	t := &table{loader: l, file: file, column: column, times: times, rows: csv.NewReader(bytes.NewReader(data))}
	t.rows.ReuseRecord = true
	t.rows.TrimLeadingSpace = true
	t.rows.Comment = '#'
	t.at = at
	if !t.header() {
		return nil, false
	}
	segment := Segment{Interval: milliseconds(part.Interval)}
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
	file             string
	column, times    string // the names of the columns
	rows             *csv.Reader
	timeAt, valuesAt int
	at               hcl.Range // the attribute that names the file
}

func (t *table) header() bool {
	row, err := t.rows.Read()
	if err != nil && !errors.Is(err, io.EOF) {
		return t.invalidLine(err)
	}
	t.timeAt, t.valuesAt = slices.Index(row, t.times), slices.Index(row, t.column)
	if t.timeAt < 0 || t.valuesAt < 0 {
		t.fail("Missing column", fmt.Sprintf("The first line must name the columns, including %s and %s, but it is %q. Add a header line, or set column and time_column to the names of the columns with the values and the times.", truncate(t.times), truncate(t.column), truncate(strings.Join(row, ","))), t.lineRange(t.file, 1, 1))
		return false
	}
	return true
}

// row adds the sample of the next line to the segment.
func (t *table) row(segment *Segment) (more, ok bool) {
	row, err := t.rows.Read()
	if errors.Is(err, io.EOF) {
		return false, true
	}
	if err != nil {
		return false, t.invalidLine(err)
	}
	at, err := t.clock.timestamp(row[t.timeAt])
	n := len(segment.Times)
	switch {
	case err != nil:
		return false, t.invalidCell(t.timeAt, "Invalid time", err.Error())
	case !t.clock.contains(at):
		return false, t.invalidCell(t.timeAt, "Sample outside the recording", t.clock.outside("A sample", at))
	case n > 0 && at == segment.Times[n-1]:
		return false, t.invalidCell(t.timeAt, "Duplicate timestamp", "The previous line has the same timestamp. A series has one value per timestamp: split the file by tags, or remove a line.")
	case n > 0 && at < segment.Times[n-1]:
		return false, t.invalidCell(t.timeAt, "Timestamps out of order", fmt.Sprintf("The previous line has a later timestamp, %s. Sort the file by time.", t.clock.format(segment.Times[n-1])))
	case row[t.valuesAt] == "":
		return true, true
	}
	value, err := strconv.ParseFloat(row[t.valuesAt], 64)
	if err != nil || math.IsNaN(value) || math.IsInf(value, 0) {
		return false, t.invalidCell(t.valuesAt, "Invalid value", fmt.Sprintf("%q is not a finite number. Leave the cell empty if there is no sample.", truncate(row[t.valuesAt])))
	}
	if !t.addPoints(1, t.at) {
		return false, false
	}
	segment.Times, segment.Values = append(segment.Times, at), append(segment.Values, value)
	return true, true
}

// invalidCell reports an invalid cell of the current line.
func (t *table) invalidCell(cell int, summary, detail string) bool {
	line, column := t.rows.FieldPos(cell)
	t.fail(summary, detail, t.lineRange(t.file, line, column))
	return false
}

// invalidLine reports a line that is not valid CSV.
func (t *table) invalidLine(err error) bool {
	line, column := 1, 1
	var at *csv.ParseError
	if errors.As(err, &at) {
		line, column, err = at.Line, at.Column, at.Err
	}
	t.fail("Invalid CSV", fmt.Sprintf("The line is not valid CSV: %s. Write as many fields as in the first line, and double quotes inside quoted fields.", err), t.lineRange(t.file, line, column))
	return false
}
