package safe

// Style is the colour support and the width of a terminal.
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

// Tone is a colour or weight of text on a terminal. The zero value changes nothing.
type Tone uint8

// The tones.
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

// sequences are the parameters of each tone's escape sequence.
var sequences = [...]string{
	Bold: "1", Dim: "2", Red: "31", Green: "32", Yellow: "33", Cyan: "36",
	BoldRed: "1;31", BoldGreen: "1;32", BoldYellow: "1;33", BoldCyan: "1;36",
}

// Painted is Text with escape sequences for tones.
type Painted string

// Paint adds the escape sequences of a tone if colour is on.
func (s Style) Paint(tone Tone, t Text) Painted {
	if !s.Color || t == "" || tone == Plain {
		return Painted(t)
	}
	return Painted("\x1b[" + sequences[tone] + "m" + string(t) + "\x1b[0m")
}
