package safe

// Style says how a terminal wants its text.
type Style struct {
	Color bool
	Width int // columns to wrap prose at; 0 is 80
}

// Columns is the width to wrap prose at.
func (s Style) Columns() int {
	if s.Width <= 0 {
		return 80
	}
	return s.Width
}

// Tone is a colour or weight of text on a terminal. The zero value is that of the text around it.
type Tone uint8

// The tones in use.
const (
	Plain Tone = iota
	Bold
	Dim
	Red
	Green
	Yellow
	Cyan
	BoldRed
	BoldGreen
	BoldYellow
	BoldCyan
)

// sequences are the parameters of the escape sequence of each tone.
var sequences = [...]string{
	Bold: "1", Dim: "2", Red: "31", Green: "32", Yellow: "33", Cyan: "36",
	BoldRed: "1;31", BoldGreen: "1;32", BoldYellow: "1;33", BoldCyan: "1;36",
}

// Painted is Text with the escape sequences of tones, for a terminal.
type Painted string

// Paint puts a text between the escape sequences of a tone if the terminal wants colour.
func (s Style) Paint(tone Tone, t Text) Painted {
	if !s.Color || t == "" || tone == Plain {
		return Painted(t)
	}
	return Painted("\x1b[" + sequences[tone] + "m" + string(t) + "\x1b[0m")
}
