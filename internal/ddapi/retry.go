package ddapi

import (
	"context"
	"net/http"
	"strconv"
	"time"
)

// maxTries is how often a request is made at most, maxOdd how often if the answers are odd. longestWait is a little
// more than the longest period of a rate limit that is known of these endpoints. defaultDeadline lets the slowest
// request, of answerTimeout, be made twice.
const (
	maxTries        = 5
	maxOdd          = 2
	longestWait     = 90 * time.Second
	defaultDeadline = 5 * time.Minute
)

// next returns how long to wait before the next try; 0 is that there is none. It adds to what was waited, and does
// not begin a wait that would go past the deadline.
func (c *Client) next(waiting context.Context, e *effort) time.Duration {
	if !e.mayMend() || e.tries >= maxTries || e.odd >= maxOdd || waiting.Err() != nil {
		return 0
	}
	wait := c.waitAfter(e.last, e.tries)
	if e.waited+wait > c.deadline {
		return 0
	}
	e.waited += wait
	return wait
}

// waitAfter is what the answer says to wait, or else a time that grows with the tries.
func (c *Client) waitAfter(got outcome, tries int) time.Duration {
	var told time.Duration
	switch {
	case got.fault == overLimit:
		told = waitTold(got.header, "X-RateLimit-Reset", "Retry-After")
	case got.status == http.StatusServiceUnavailable:
		told = waitTold(got.header, "Retry-After")
	}
	if told > 0 {
		return told
	}
	return c.backoff(tries)
}

// waitTold reads the first header that holds a number of seconds; 0 is none.
func waitTold(h http.Header, names ...string) time.Duration {
	for _, name := range names {
		seconds, err := strconv.ParseFloat(h.Get(name), 64)
		if err != nil || !(seconds > 0) {
			continue
		}
		if seconds > longestWait.Seconds() {
			return longestWait
		}
		return max(time.Duration(seconds*float64(time.Second)), time.Second)
	}
	return 0
}

// backoff doubles from one second and has equal jitter: half of the time is sure, the other half left to chance. So
// those who failed together do not come back together, and nobody comes back at once.
func (c *Client) backoff(tries int) time.Duration {
	half := time.Second << (tries - 1) / 2
	return half + time.Duration(c.jitter()*float64(half))
}
