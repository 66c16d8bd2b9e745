package kind

// widgetAdded has fields and types that are not in the OpenAPI file but in recorded requests or in dashboards shipped
// with Datadog's integrations (exported from its editor).
const widgetAdded = `
# shipped: embrace_mobile, kubecost, flagsmith and others, 12 widgets
union WidgetDefinition CustomWidgetDefinition
enum CustomWidgetDefinitionType "custom"
object CustomWidgetDefinition
 app_id string required
 custom_widget_key string required
 options {}any
 title string
 title_align WidgetTextAlign
 title_size string
 type CustomWidgetDefinitionType required

# shipped: 277 groups
object FormulaAndFunctionEventQueryGroupBy
 should_exclude_missing bool
object FormulaAndFunctionEventQueryGroupByFields
 should_exclude_missing bool

# shipped: zscaler
object FormulaAndFunctionEventQueryDefinition
 calculated_fields []any
object ListStreamQuery
 calculated_fields []any

# shipped: vercel
union FormulaAndFunctionQueryDefinition TracesQueryDefinition
enum TracesQueryDataSource "traces"
object TracesQueryDefinition
 compute {}any
 data_source TracesQueryDataSource required
 group_by []any
 indexes []string
 name string required
 search {}any
 storage string

# shipped: 57 and 33 styles
object TimeseriesRequestStyle
 color_order string
 order_reverse bool
object WidgetRequestStyle
 color_order string
 order_reverse bool

# recorded until 2021: an event_query of either sort
union TimeseriesEventQuery LogQueryDefinition EventQueryDefinition

# recorded requests and shipped
object MonitorSummaryWidgetDefinition
 last_triggered_format string
 show_status bool
object DashboardTemplateVariablePreset
 description string
`

// widgetValues has enum values of recordings and shipped dashboards that are not in the OpenAPI file.
func widgetValues() []valueFact {
	return []valueFact{
		{schema: "FormulaAndFunctionEventsDataSource", more: []string{"network_device_flows"}}, // shipped: vns3
	}
}

// widgetFacts describes the fields of widgets and their requests. Datadog returns a widget exactly as it was sent
// (FINDINGS dashboards 1). The defaults are what Datadog's editor writes when a user saves (KEN dashboard.rb,
// WIDGET_DEFAULTS and REQUEST_DEFAULTS).
func widgetFacts() []fact {
	facts := []fact{
		{schema: "Widget", field: "id", Volatile: true, Doc: docDashboard, // FINDINGS dashboards 1
			Note: "Assigned by Datadog. ddmon keeps it, so that links to the widget remain valid."},
		{schema: "Widget", field: "definition", Doc: docWidgets, Note: "The content of the widget. The other fields depend on its type."},
		// A dashboard with layout x = 0.909... was accepted (recorded by datadog-sync-cli).
		{schema: "WidgetLayout", field: "x", Type: "number"},
		{schema: "WidgetLayout", field: "y", Type: "number"},
		{schema: "WidgetLayout", field: "width", Type: "number"},
		{schema: "WidgetLayout", field: "height", Type: "number"},
		{schema: "Widget", field: "layout", Doc: docLayout, Note: "The position and size of the widget: x, y, width, height."},
		{schema: "*WidgetDefinition", field: "title", Doc: docWidgets, Note: "The title of the widget. ddmon matches widgets by their titles."},
		{schema: "*", field: "title_align", Default: "left", Doc: docWidgets},
		{schema: "*", field: "title_size", Default: "16", Doc: docWidgets},
		{schema: "*WidgetDefinition", field: "time", Default: map[string]any{}, Doc: docWidgets, Note: "The time frame of the widget. If unset, the dashboard's."},
		{schema: "*WidgetDefinition", field: "requests", Doc: docQuerying, Note: "The queries of the widget and how to display them."},
		{schema: "*WidgetDefinition", field: "custom_links", Doc: "https://docs.datadoghq.com/dashboards/guide/context-links/", Note: "Links in the context menu of a value."},
		{schema: "*", field: "conditional_formats", Doc: docWidgets},
		{schema: "*WidgetDefinition", field: "markers", Default: []any{}, Doc: docWidgets, Note: "Horizontal lines or ranges, such as \"y = 50\"."},
		{schema: "*WidgetDefinition", field: "events", Use: "a request with display_type \"overlay\" and data_source \"events\"", Doc: docQuerying, Note: "Events overlaid on the graph."},
	}
	for _, list := range [][]fact{timeseriesFacts(), otherWidgetFacts(), requestFacts(), queryFacts()} {
		facts = append(facts, list...)
	}
	return facts
}

func timeseriesFacts() []fact {
	const t = "TimeseriesWidgetDefinition"
	axis := map[string]any{"include_zero": true, "label": "", "scale": "linear", "min": "auto", "max": "auto"}
	return []fact{
		{schema: t, field: "legend_size", Default: "0"},
		{schema: t, field: "show_legend", Default: false},
		{schema: t, field: "legend_columns", Set: true, Default: []any{"avg", "min", "max", "value", "sum"}},
		{schema: t, field: "legend_layout", Default: "auto"},
		{schema: t, field: "yaxis", Default: axis, Doc: docWidgets + "timeseries/", Note: "The range and scale of the left axis."},
		{schema: t, field: "right_yaxis", Doc: docWidgets + "timeseries/", Note: "The range and scale of the right axis, for requests with on_right_yaxis."},
		{schema: "WidgetAxis", field: "include_zero", Default: true},
		{schema: "WidgetAxis", field: "label", Default: ""},
		{schema: "WidgetMarker", field: "value", Doc: docWidgets + "timeseries/", Note: "\"y = 15\" or \"0 < y < 10\"."},
		{schema: "WidgetMarker", field: "display_type", Doc: docWidgets + "timeseries/", Note: "error, warning, info or ok, combined with dashed, solid or bold: \"error dashed\"."},
	}
}

func otherWidgetFacts() []fact {
	const note = "NoteWidgetDefinition"
	return []fact{
		{schema: note, field: "content", Doc: docWidgets + "note/", Note: "Markdown."},
		{schema: note, field: "background_color", Default: "white"},
		{schema: note, field: "font_size", Default: "14"},
		{schema: note, field: "show_tick", Default: false},
		{schema: note, field: "tick_edge", Default: "left"},
		{schema: note, field: "tick_pos", Default: "50%"},
		{schema: note, field: "text_align", Default: "left"},
		{schema: "AlertGraphWidgetDefinition", field: "alert_id", Ref: "monitor", Doc: docWidgets + "alert_graph/", Note: "The id of a monitor, as a string: monitor.NAME.id."},
		{schema: "AlertGraphWidgetDefinition", field: "viz_type", Doc: docWidgets + "alert_graph/"},
		{schema: "AlertValueWidgetDefinition", field: "alert_id", Ref: "monitor", Doc: docWidgets + "alert_value/", Note: "The id of a monitor, as a string: monitor.NAME.id."},
		{schema: "SLOWidgetDefinition", field: "slo_id", Ref: "slo", Doc: docWidgets + "slo/", Note: "The id of an SLO: slo.NAME.id."},
		{schema: "FormulaAndFunctionSLOQueryDefinition", field: "slo_id", Ref: "slo", Doc: docWidgets + "slo/", Note: "The id of an SLO: slo.NAME.id."},
		{schema: "CheckStatusWidgetDefinition", field: "check", Doc: docWidgets + "check_status/", Note: "The name of the service check."},
		{schema: "GroupWidgetDefinition", field: "widgets", Doc: docWidgets + "group/", Note: "The widgets of the group. A group cannot contain other groups."},
		{schema: "GroupWidgetDefinition", field: "layout_type", Doc: docWidgets + "group/"},
		{schema: "IFrameWidgetDefinition", field: "url", Doc: docWidgets + "iframe/"},
		{schema: "ImageWidgetDefinition", field: "url", Doc: docWidgets + "image/"},
		{schema: "FreeTextWidgetDefinition", field: "text", Doc: docWidgets + "free_text/"},
		{schema: "MonitorSummaryWidgetDefinition", field: "count", Default: number("50")}, // DOC widgets/monitor_summary
		{schema: "MonitorSummaryWidgetDefinition", field: "start", Default: number("0")},
		{schema: "MonitorSummaryWidgetDefinition", field: "query", Doc: docWidgets + "monitor_summary/", Note: "A monitor search query, as on the Manage Monitors page."},
		{schema: "PowerpackWidgetDefinition", field: "powerpack_id", Doc: docWidgets + "powerpack/"},
		{schema: "SplitGraphWidgetDefinition", field: "source_widget_definition", Doc: docWidgets + "split_graph/", Note: "The widget to repeat for each value."},
		{schema: "ListStreamWidgetRequest", field: "query", Doc: docWidgets + "list/"},
	}
}

// requestFacts describes the requests of widgets.
func requestFacts() []fact {
	style := map[string]any{"line_width": "normal", "palette": "dog_classic", "line_type": "solid"}
	facts := []fact{
		{schema: "*Request", field: "queries", Doc: docQuerying, Note: "Named queries. Formulas refer to them by name."},
		{schema: "*Request", field: "formulas", Doc: docQuerying, Note: "The values to display, computed from the named queries."},
		{schema: "*Request", field: "response_format", Doc: docQuerying, Note: "\"timeseries\", \"scalar\" or \"event_list\". Required with queries."},
		{schema: "*Request", field: "q", Query: true, Use: "queries and formulas", Doc: docQuerying},
		{schema: "*Request", field: "on_right_yaxis", Default: false},
		{schema: "TimeseriesWidgetRequest", field: "style", Default: style},
		{schema: "TimeseriesWidgetRequest", field: "event_query", Type: "TimeseriesEventQuery"}, // recorded until 2021
		{schema: "WidgetFormulaSort", field: "index", Optional: true},                           // recorded: a treemap sorted by its only formula
		{schema: "TimeseriesWidgetRequest", field: "display_type", Doc: docWidgets + "timeseries/", Note: "line, area, bars or overlay."},
	}
	for _, schema := range []string{"TimeseriesRequestStyle", "WidgetRequestStyle"} {
		for _, field := range []string{"line_width", "palette", "line_type"} {
			facts = append(facts, fact{schema: schema, field: field, Default: style[field]})
		}
	}
	for _, field := range []string{"apm_query", "audit_query", "event_query", "log_query", "network_query", "process_query",
		"profile_metrics_query", "rum_query", "security_query"} {
		facts = append(facts, fact{schema: "*Request", field: field, Use: "queries and formulas", Doc: docQuerying})
	}
	return facts
}

// queryFacts says which strings are queries.
func queryFacts() []fact {
	return []fact{
		{schema: "*QueryDefinition", field: "query", Query: true, Doc: docQuerying},
		{schema: "*QueryDefinitionSearch", field: "query", Query: true, Doc: docQuerying},
		{schema: "LogQueryDefinitionSearch", field: "query", Query: true, Doc: docQuerying},
		{schema: "ListStreamQuery", field: "query_string", Query: true, Doc: docWidgets + "list/", Note: "A search query, as in the explorer of the data source."},
		{schema: "LogStreamWidgetDefinition", field: "query", Query: true, Doc: docWidgets + "log_stream/"},
		{schema: "EventStreamWidgetDefinition", field: "query", Query: true, Doc: docWidgets + "event_stream/"},
		{schema: "EventTimelineWidgetDefinition", field: "query", Query: true, Doc: docWidgets + "event_timeline/"},
		{schema: "WidgetEvent", field: "q", Query: true, Doc: docQuerying},
	}
}
