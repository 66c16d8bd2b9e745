package sandbox

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// floatValue returns a JSON number as a float64.
func floatValue(v any) (float64, bool) {
	n, isNumber := v.(json.Number)
	if !isNumber {
		return 0, false
	}
	f, err := n.Float64()
	return f, err == nil
}

// formatFloat formats a number like Python, which is how the API formats thresholds: always with a fraction or an
// exponent, and as short as possible.
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

// reformatFloat parses a number and formats it with formatFloat. It returns the string unchanged if it is not a number.
func reformatFloat(number string) string {
	f, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return number
	}
	return formatFloat(f)
}
