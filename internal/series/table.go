package series

import (
	"fmt"
)

// checkLines reports a line of a CSV file that is too long or has too many fields. The CSV reader keeps several numbers
// for each field of a line.
func (l *loader) checkLines(file string, data []byte) bool {
	switch line, why := oversized(data); why {
	case tooManyFields:
		l.fail("Too many columns", fmt.Sprintf("The line has more than %d fields (limit MaxColumns). Keep the columns timestamp and value, and put other series into separate "+
			"files.", MaxColumns), l.lineRange(file, line, 1))
		return false
	case tooManyBytes:
		l.fail("Line too long", fmt.Sprintf("The line has more than %d bytes (limit MaxLineBytes). Keep the columns timestamp and value, and close open quotes.",
			MaxLineBytes), l.lineRange(file, line, 1))
		return false
	}
	return true
}

// Reasons why a line of CSV is oversized.
const (
	tooManyFields = "fields"
	tooManyBytes  = "bytes"
)

// oversized returns the number of the first line that is too long or has too many fields, and the reason. A record with
// line breaks in quotes is reported at its first line. The reason is empty if there is no such line.
func oversized(data []byte) (line int, why string) {
	line = 1
	begin, beginLine, fields, quoted := 0, 1, 1, false
	for at := 0; at < len(data); at++ {
		c := data[at]
		if at == begin && c == '#' { // a comment
			if at += before(data[at:], "\n"); at == len(data) {
				break
			}
			c, begin = '\n', at
		}
		switch {
		case c == '"':
			quoted = !quoted
		case c == ',' && !quoted:
			fields++
		case c == '\n':
			if line++; !quoted {
				begin, beginLine, fields = at+1, line, 1
			}
		}
		switch {
		case fields > MaxColumns:
			return beginLine, tooManyFields
		case at-begin > MaxLineBytes:
			return beginLine, tooManyBytes
		}
	}
	return 0, ""
}
