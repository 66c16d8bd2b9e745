package ddapi

import (
	"errors"
	"io"
	"net/http"
	"strconv"
	"syscall"
	"time"
)

// maxTries is how often a request is made at most. longestWait is a little more than the longest period of a rate
// limit that is known of these endpoints.
const (
	maxTries    = 5
	longestWait = 90 * time.Second
)

// waitAfterStatus returns how long to wait before a request that was refused is made again; 0 is never. A request
// over the rate limit was not carried out, so a PUT or DELETE is repeated too. A write that ended in a gateway's
// error may have been carried out and is not. To validate stores nothing and counts as reading.
func waitAfterStatus(call call, tries int, response *http.Response) time.Duration {
	if tries >= maxTries {
		return 0
	}
	switch response.StatusCode {
	case http.StatusTooManyRequests:
		if call.stores && call.method == http.MethodPost {
			return 0
		}
		return waitForBudget(response.Header, tries)
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		if !call.stores {
			return backoff(tries)
		}
	}
	return 0
}

// waitForBudget is the time Datadog says to wait.
func waitForBudget(h http.Header, tries int) time.Duration {
	for _, name := range []string{"X-RateLimit-Reset", "Retry-After"} {
		seconds, err := strconv.ParseFloat(h.Get(name), 64)
		if err != nil || !(seconds > 0) {
			continue
		}
		if seconds > longestWait.Seconds() {
			return longestWait
		}
		return max(time.Duration(seconds*float64(time.Second)), time.Second)
	}
	return backoff(tries)
}

// waitAfterFault does the same for a request whose connection broke.
func waitAfterFault(call call, tries int, err error) time.Duration {
	broken := errors.Is(err, syscall.ECONNRESET) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
	if tries >= maxTries || call.stores || !broken {
		return 0
	}
	return backoff(tries)
}

// backoff doubles from one second.
func backoff(tries int) time.Duration { return time.Second << (tries - 1) }
