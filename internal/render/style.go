package render

// Style says how a terminal wants its text.
type Style struct {
	Color bool
	Width int // columns to wrap prose at; 0 is 80
}

// The escape sequences in use.
const (
	bold   = "1"
	dim    = "2"
	red    = "31"
	green  = "32"
	yellow = "33"
	cyan   = "36"
)

// paint puts text between escape sequences if the terminal takes colour. The text must be clean already.
func (s Style) paint(code, text string) string {
	if !s.Color || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (s Style) width() int {
	if s.Width <= 0 {
		return 80
	}
	return s.Width
}
