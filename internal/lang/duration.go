package lang

import (
	"regexp"
	"strconv"
	"time"
)

var dayForm = regexp.MustCompile(`^(\d{1,4})d`)

// ParseDuration is time.ParseDuration with an optional number of days first ("1d12h") and without a sign.
func ParseDuration(text string) (time.Duration, bool) {
	if text == "" || text[0] < '0' || text[0] > '9' {
		return 0, false
	}
	var days time.Duration
	if parts := dayForm.FindStringSubmatch(text); parts != nil {
		n, _ := strconv.Atoi(parts[1]) // at most four digits
		days, text = time.Duration(n)*24*time.Hour, text[len(parts[0]):]
		if text == "" {
			return days, true
		}
	}
	rest, err := time.ParseDuration(text)
	if err != nil || rest < 0 || text[0] == '+' || text[0] == '-' || days+rest < days {
		return 0, false
	}
	return days + rest, true
}
