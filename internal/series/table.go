package series

import (
	"fmt"
)

// fits refuses a CSV file with a line that is too long or has too many fields: what reads the file keeps several numbers
// for each field of a line.
func (l *loader) fits(file string, data []byte) bool {
	switch line, why := oversized(data); why {
	case tooManyFields:
		l.fail("Too many columns", fmt.Sprintf("The line has more than %d fields (limit MaxColumns). Keep the columns timestamp and value, and put other series into files of "+
			"their own.", MaxColumns), l.lineRange(file, line, 1))
		return false
	case tooManyBytes:
		l.fail("Line too long", fmt.Sprintf("The line has more than %d bytes (limit MaxLineBytes). Keep the columns timestamp and value, and close quotes that are open.",
			MaxLineBytes), l.lineRange(file, line, 1))
		return false
	}
	return true
}

// Why a line of CSV is oversized.
const (
	tooManyFields = "fields"
	tooManyBytes  = "bytes"
)

// oversized returns the number of the first line, or of several with line breaks in quotes the first, that is too long
// or has too many fields, and why; nothing if none is.
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
