// A dashboard in Grafana's types, narrower where they are wide: the kinds of panels we use, each with its own options.
import type * as grafana from '@grafana/schema';
import type * as bargauge from '@grafana/schema/dist/esm/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen';
import type * as heatmap from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen';
import type * as stat from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type * as timeline from '@grafana/schema/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen';
import type * as table from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen';
import type * as timeseries from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

/** As it stands in a file: enums are their values, and what has a default may be left away. */
type Json<T> = T extends string
  ? `${T}`
  : T extends number | boolean | null | undefined
    ? T
    : T extends Array<infer E>
      ? Json<E>[]
      : T extends object
        ? { [K in keyof T]?: Json<T[K]> }
        : T;

type Query = {
  refId: string;
  datasource: { type: 'prometheus'; uid: '${datasource}' };
  expr: string;
  editorMode: 'code';
  format: 'time_series' | 'table' | 'heatmap';
  instant: boolean;
  range: boolean;
  legendFormat?: string;
};

type Field<Custom> = Omit<Json<grafana.FieldConfig>, 'custom'> & { unit: string; custom?: Json<Custom> };

type PanelOf<Type extends string, Options, Custom> = Omit<Json<grafana.Panel>, 'type' | 'options' | 'targets' | 'fieldConfig'> & {
  id: number;
  type: Type;
  title: string;
  description: string;
  gridPos: Json<grafana.GridPos>;
  targets: Query[];
  options: Json<Options>;
  fieldConfig: { defaults: Field<Custom>; overrides: Json<grafana.FieldConfigSource['overrides']> };
};

type HemlinePanel =
  | PanelOf<'bargauge', bargauge.Options, Record<string, never>>
  | PanelOf<'heatmap', heatmap.Options, heatmap.FieldConfig>
  | PanelOf<'stat', stat.Options, Record<string, never>>
  | PanelOf<'state-timeline', timeline.Options, timeline.FieldConfig>
  | PanelOf<'table', table.Options, table.FieldConfig>
  | PanelOf<'timeseries', timeseries.Options, timeseries.FieldConfig>
  | (Json<grafana.RowPanel> & { type: 'row' });

/** Grafana's Prometheus data source reads these beside what every annotation has. */
type Annotation = Omit<Json<grafana.AnnotationQuery>, 'target'> & {
  target: { refId: string; expr: string; interval: string };
  titleFormat: string;
  textFormat: string;
  tagKeys: string;
  useValueForTime: boolean;
};

export type HemlineDashboard = Omit<Json<grafana.Dashboard>, 'panels' | 'annotations' | 'uid' | 'schemaVersion'> & {
  uid: string;
  schemaVersion: number;
  annotations: { list: Annotation[] };
  panels: HemlinePanel[];
};
