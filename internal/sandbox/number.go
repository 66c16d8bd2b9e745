package sandbox

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// floatValue reads a JSON number.
func floatValue(v any) (float64, bool) {
	n, isNumber := v.(json.Number)
	if !isNumber {
		return 0, false
	}
	f, err := n.Float64()
	return f, err == nil
}

// formatFloat writes a number as Python does, which is how the API shows thresholds and quotes them in its errors:
// always with a fraction or an exponent, the shortest text that reads back the same.
func formatFloat(f float64) string {
	if exponent := math.Abs(f); exponent != 0 && (exponent < 1e-4 || exponent >= 1e16) {
		return strconv.FormatFloat(f, 'e', -1, 64)
	}
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// reformatFloat is floatText of a number's text, or the text itself if it is none.
func reformatFloat(number string) string {
	f, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return number
	}
	return formatFloat(f)
}
