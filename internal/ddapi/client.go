package ddapi

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/DataDog/datadog-api-client-go/v2/api/datadog"
)

// Config says which Datadog to talk to, and with which keys.
type Config struct {
	APIKey string
	AppKey string
	Site   string // "datadoghq.eu"; empty is datadoghq.com
	// Host wins over Site: a full URL or a bare host. A bare host is asked over https unless it is this machine.
	Host string
	// AllowHTTP lets the keys be sent over http, where others can read them, to other machines too. Without it that is
	// done on this machine only.
	AllowHTTP  bool
	HTTPClient *http.Client // nil is a client with limits on time; redirects are never followed
	UserAgent  string
	// ReadOnly makes every request that would change something in Datadog ErrReadOnly, before it is sent.
	ReadOnly bool
	// Sleep waits between the tries of a request, or until the context is done; nil waits by the clock.
	Sleep func(context.Context, time.Duration) error
	// Jitter leaves part of a wait to chance: a number from 0 up to 1; nil is math/rand/v2.
	Jitter func() float64
	// Deadline bounds one call, all its tries and the waits between them; 0 is 5 minutes.
	Deadline time.Duration
	// Hide takes out of a text what must not be part of an error or a trace; nil takes out nothing but the keys.
	Hide func(string) string
	// Trace gets every attempt right after it, in the goroutine that made it; nil for no trace.
	Trace func(Exchange)
}

// ErrReadOnly is what a write becomes on a client that only reads.
var ErrReadOnly = errors.New("nothing may be changed: --read-only or DDMON_READ_ONLY=1 is set")

// Client talks to one Datadog organization.
type Client struct {
	reporter
	core     *datadog.APIClient
	keys     map[string]datadog.APIKey
	readOnly bool
	sleep    func(context.Context, time.Duration) error
	jitter   func() float64
	deadline time.Duration
	trace    func(Exchange)
	requests atomic.Int64
	gates    keyed[gate] // by budget
	clock    serverClock
	large    turns
	lists    keyed[sharedList] // by kind, for those that are listed by summaries
}

// answerTimeout bounds one attempt as a whole: a page of 1,000 monitors can take Datadog many seconds. defaultDeadline lets
// the slowest request be made twice.
const (
	answerTimeout   = 2 * time.Minute
	defaultDeadline = 5 * time.Minute
)

// New checks the configuration without any request. Its errors say what to do.
func New(cfg Config) (*Client, error) {
	if err := errors.Join(checkKey("DD_API_KEY", cfg.APIKey), checkKey("DD_APP_KEY", cfg.AppKey)); err != nil {
		return nil, err
	}
	base, err := baseURL(cfg.Host, cfg.Site)
	if err == nil && !cfg.AllowHTTP {
		err = checkPlainHTTP(base)
	}
	if err != nil {
		return nil, err
	}
	core := datadog.NewConfiguration()
	core.HTTPClient = httpClient(cfg.HTTPClient, strings.HasPrefix(base, "http://") && !cfg.AllowHTTP)
	if cfg.UserAgent != "" {
		core.UserAgent = cfg.UserAgent
	}
	c := &Client{
		core: datadog.NewAPIClient(core), sleep: cfg.Sleep, readOnly: cfg.ReadOnly,
		keys: map[string]datadog.APIKey{
			"apiKeyAuth": {Key: cfg.APIKey},
			"appKeyAuth": {Key: cfg.AppKey},
		},
		reporter: reporter{cleaner{secrets(cfg), []string{cfg.APIKey, cfg.AppKey}, cfg.Hide}, base}, large: make(turns, 1),
		jitter: cfg.Jitter, deadline: cmp.Or(cfg.Deadline, defaultDeadline), trace: cfg.Trace,
	}
	if c.sleep == nil {
		c.sleep = Sleep
	}
	if c.jitter == nil {
		c.jitter = rand.Float64
	}
	return c, nil
}

// Requests returns how many HTTP requests were made so far, repeated ones included.
func (c *Client) Requests() int { return int(c.requests.Load()) }

// Base returns the address of the API, "https://api.datadoghq.com".
func (c *Client) Base() string { return c.base }

// ServerTime returns the time, in whole seconds of UTC, at which the server sent its latest success, by the answer's
// Date header; ok is false before the first one, and where the server sends no such header. Errors do not count: a
// proxy with a clock of its own may have made them.
func (c *Client) ServerTime() (at time.Time, ok bool) {
	if seen := c.clock.seen.Load(); seen != nil {
		return *seen, true
	}
	return time.Time{}, false
}

// checkKey refuses what cannot be sent as a header. It never repeats the key.
func checkKey(variable, key string) error {
	if key == "" {
		return fmt.Errorf("there is no key: set %s", variable)
	}
	for _, r := range key {
		if r <= ' ' || r > '~' {
			return fmt.Errorf("%s holds a blank, a line break or another character that no key has: set it again", variable)
		}
	}
	return nil
}

// secrets takes the keys out of a text. What is too short for a key (Datadog's have 32 and 40 characters) is a word that
// stands in for one, such as the sandbox's, and may rightly be part of a message.
func secrets(cfg Config) *strings.Replacer {
	const shortest = 8
	var pairs []string
	for _, key := range []string{cfg.APIKey, cfg.AppKey} {
		if len(key) >= shortest {
			pairs = append(pairs, key, "(key)")
		}
	}
	return strings.NewReplacer(pairs...)
}

// Sleep waits by the clock, or until the context is done, whose error it then returns.
func Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
