package cli

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"

	"ddmon/internal/ddapi"
	"ddmon/internal/routine"
	"ddmon/internal/sandbox"
)

// connection is a Datadog to talk to: the real one or the sandbox.
type connection struct {
	*ddapi.Client
	name  string // what people read: "the sandbox (.ddmon/sandbox.db)"
	place string // what saved plans name it by
	// sandbox says that it is the embedded one, which has no keys.
	sandbox bool
	app     string // the web application, "https://app.datadoghq.eu"; empty if that is not known
	close   func() error
}

// errNoKeys names both ways on.
var errNoKeys = errors.New("there are no keys: set DD_API_KEY and DD_APP_KEY (and DD_SITE, such as datadoghq.eu, if it is not " +
	"datadoghq.com) to work with your Datadog, or add --sandbox to work with an embedded one that needs no account")

// connect returns the Datadog that flags and environment name. It never falls back from one to the other.
func (a *App) connect(ctx context.Context, c *connectFlags) (*connection, error) {
	if c.sandbox || environment(a.Environ).isSet("DDMON_SANDBOX") {
		return a.connectSandbox(ctx, c)
	}
	apiKey, appKey := a.env("DD_API_KEY", "DATADOG_API_KEY"), a.env("DD_APP_KEY", "DATADOG_APP_KEY")
	if apiKey == "" && appKey == "" {
		return nil, errNoKeys
	}
	a.hide.learnKeys(apiKey, appKey)
	client, err := ddapi.New(ddapi.Config{
		APIKey: apiKey, AppKey: appKey, UserAgent: "ddmon/" + version,
		ReadOnly: c.readOnly || a.readOnly(), Sleep: a.Sleep, Trace: a.trace(), Hide: a.hide.answer,
		AllowHTTP: environment(a.Environ).isAllowed("DDMON_ALLOW_HTTP"),
		Site:      a.env("DD_SITE", "DATADOG_SITE"), Host: a.env("DD_HOST", "DATADOG_HOST"),
	})
	if err != nil {
		return nil, err
	}
	return &connection{Client: client, name: client.Base(), place: client.Base(), app: appOf(client.Base()), close: func() error { return nil }}, nil
}

// appOf is the address of the web application that belongs to an API's, as far as Datadog documents it: sites without a
// subdomain have it at app.SITE, the others at SITE.
func appOf(api string) string {
	site, ok := strings.CutPrefix(api, "https://api.")
	for _, domain := range []string{"datadoghq.com", "datadoghq.eu", "ddog-gov.com"} {
		switch {
		case ok && site == domain:
			return "https://app." + site
		case ok && strings.HasSuffix(site, "."+domain):
			return "https://" + site
		}
	}
	return ""
}

func (a *App) readOnly() bool {
	return a.flags.readOnly || environment(a.Environ).isSet("DDMON_READ_ONLY")
}

// connectSandbox serves the sandbox on a free loopback port for as long as the command runs, so that the client
// talks to it as it would to Datadog.
func (a *App) connectSandbox(ctx context.Context, c *connectFlags) (*connection, error) {
	path := a.sandboxFile()
	server, err := sandbox.Open(path, sandbox.Options{Now: a.Now, LockWait: sandboxLockWait})
	if err != nil {
		return nil, err
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, errors.Join(err, server.Close())
	}
	web := sandbox.NewHTTPServer(server, false)
	serving := routine.Start(func() error { return web.Serve(listener) })
	// The command has its answers when it closes, so no request is in flight that a graceful end would wait for.
	shut := func() error {
		err := web.Close()
		_ = serving.Wait() // it was closed, which is its error
		return errors.Join(err, server.Close())
	}
	client, err := ddapi.New(ddapi.Config{
		APIKey: "sandbox", AppKey: "sandbox", UserAgent: "ddmon/" + version, Host: "http://" + listener.Addr().String(),
		ReadOnly: c.readOnly || a.readOnly(), Sleep: a.Sleep, Trace: a.trace(), Hide: a.hide.answer,
		// The environment's proxy is for the way out; the sandbox is this process.
		HTTPClient: &http.Client{Transport: &http.Transport{Proxy: nil, MaxIdleConnsPerHost: defaultParallel}},
	})
	if err != nil {
		return nil, errors.Join(err, shut())
	}
	return &connection{Client: client, name: "the sandbox (" + path + ")", place: "the sandbox", sandbox: true, close: shut}, nil
}
