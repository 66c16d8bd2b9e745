package sandbox

import (
	"net/http"
	"time"
)

// observer responds to requests about metrics, logs and events.
type observer struct {
	now       func() time.Time
	telemetry Telemetry
}

// until limits the end of a window: what is later than now does not exist yet.
func (ob observer) until(to int64) int64 { return min(to, ob.now().UnixMilli()) }

// refused is the response to a query that cannot be answered.
func refused(err error) *response { return errorResponse(http.StatusBadRequest, err.Error()) }

// DefaultStep is the length of a bucket in milliseconds for a window, if the request does not set it.
func DefaultStep(window int64) int64 {
	const second, hour, day = 1000, 3600 * 1000, 24 * 3600 * 1000
	switch {
	case window <= 200*second:
		return second
	case window <= hour:
		return 20 * second
	case window <= 4*hour:
		return 60 * second
	case window <= day:
		return 300 * second
	case window <= 2*day:
		return 600 * second
	case window <= 7*day:
		return hour
	}
	return 4 * hour
}
