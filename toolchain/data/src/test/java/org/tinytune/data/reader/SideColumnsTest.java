package org.tinytune.data.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.ValueRange;
import org.tinytune.data.recording.RecordingOptions;

/** Columns beside the values of a table, which would tell a network what it is to find out. */
class SideColumnsTest {
    private static final String CHOOSE = " (columns = \"...\", or --columns, says which ones are)";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "#",
                "id",
                "Nr.",
                "Unnamed: 0",
                "row_id",
                "No",
                "subject",
                "Subject ID",
                "personId",
                "user_name",
                "participant",
                "activityID",
                "activity_id",
                "class_id",
                "classid",
                "label_code",
                "Label.No"
            })
    void namesOfNoValues(String name) {
        assertThat(SideColumns.isSide(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NO",
                "x",
                "humidity",
                "group1",
                "user_1",
                "person_count",
                "class",
                "target",
                "activity",
                "idle",
                "grid",
                "label_noise",
                "0"
            })
    void namesOfValues(String name) {
        assertThat(SideColumns.isSide(name)).isFalse();
    }

    /** As {@code DataFrame.to_csv} writes it: rows that are sorted by label would tell it by their numbers. */
    @Test
    void rowNumbersOfPandasAreNoFeature() {
        String table = ",f1,f2,f3,label\n0,1,2,3,a\n1,4,5,6,a\n2,7,8,9,b\n";

        DataInspection found = inspect("data.csv", table);

        assertThat(found.dataset().shape()).isEqualTo(Shape.of(3));
        assertThat(values(found.dataset(), 1)).containsExactly(4, 5, 6);
        assertThat(found.notes()).containsExactly("the column (without a name) is taken for no features" + CHOOSE);
        DataInspection chosen = inspect("data.csv", table, "columns", "1,f1");
        assertThat(chosen.dataset().shape()).isEqualTo(Shape.of(2));
        assertThat(chosen.notes()).isEmpty();
    }

    /** As the data of UCI HAR lie at Kaggle. */
    @Test
    void aSubjectIsAGroupAndNoFeature() {
        String table = "tBodyAcc-mean()-X,tBodyAcc-mean()-Y,subject,Activity\n0.1,0.2,1,STANDING\n0.3,0.4,1,LAYING\n"
                + "0.5,0.6,3,LAYING\n";

        DataInspection found = inspect("data.csv", table);

        assertThat(found.dataset().shape()).isEqualTo(Shape.of(2));
        assertThat(found.dataset().groups()).containsExactly("1", "3");
        assertThat(found.dataset().labels()).containsExactly("LAYING", "STANDING");
        assertThat(found.notes())
                .containsExactly("samples of one subject stay in one part, and that column is none of the features"
                        + " (group_column, or --group-column, names another one; columns = \"...\", or --columns, says"
                        + " which ones are)");
        Dataset chosen = inspect("data.csv", table, "columns", "1,subject").dataset();
        assertThat(values(chosen, 0)).containsExactly(0.1f, 1);
        assertThat(chosen.groups()).isEmpty();
    }

    @Test
    void theLabelMayStandBeforeTheSubject() {
        Dataset data = inspect("data.csv", "f1,Activity,user,person_id\n1,walk,jo,7\n2,sit,al,8\n")
                .dataset();

        assertThat(data.labels()).containsExactly("sit", "walk");
        assertThat(data.groups()).containsExactly("jo", "al");
        assertThat(values(data, 1)).containsExactly(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Activity", "activity_id"})
    void aLabelOfNumbersMayStandBeforeTheSubject(String name) {
        Dataset data =
                inspect("data.csv", "f1," + name + ",subject\n1,5,7\n2,6,8\n").dataset();

        assertThat(data.labels()).containsExactly("5", "6");
        assertThat(data.groups()).containsExactly("7", "8");
    }

    @Test
    void theLastColumnIsTheLabelWhateverItIsCalled() {
        Dataset data = inspect("data.csv", "f1,f2,speaker\n1,2,jo\n2,3,al\n").dataset();

        assertThat(data.labels()).containsExactly("al", "jo");
        assertThat(data.groups()).isEmpty();
    }

    @Test
    void aCodeOfTheLabelIsNoFeature() {
        DataInspection found = inspect("data.csv", "f1,class_id,label\n1,0,a\n2,1,b\n");

        assertThat(found.dataset().shape()).isEqualTo(Shape.of(1));
        assertThat(found.notes()).containsExactly("the column class_id is taken for no features" + CHOOSE);
    }

    @Test
    void whatIsAllThatThereIsIsAFeature() {
        assertThat(values(inspect("data.csv", "id,user,label\n1,5,a\n2,6,b\n").dataset(), 1))
                .containsExactly(2, 6);
    }

    @Test
    void aWindowARowMayHaveRowNumbers() {
        String header = IntStream.range(0, 16)
                .mapToObj(i -> (i < 8 ? "acc_x_" : "acc_y_") + i % 8)
                .collect(Collectors.joining(",", ",", ",subject,label\n"));
        String row = IntStream.range(0, 16).mapToObj(Integer::toString).collect(Collectors.joining(","));

        DataInspection found = inspect("data.csv", header + "0," + row + ",jo,a\n1," + row + ",al,b\n", "rate", "50");

        assertThat(found.format()).isEqualTo("CSV, a window a row");
        assertThat(found.dataset().signal().orElseThrow().channels()).containsExactly("acc_x", "acc_y");
        assertThat(found.dataset().groups()).containsExactly("jo", "al");
        assertThat(values(found.dataset(), 1)).startsWith(0, 8, 1, 9);
        assertThat(found.notes()).contains("the column (without a name) is taken for no readings (rename what is one)");
    }

    @Test
    void arraysHaveValuesOnly() {
        TestFiles.write(folder, "y.csv", ",label\n0,a\n1,b\n");

        DataInspection found = inspect("X.csv", "id,f1,subject,f2\n0,1,7,2\n1,3,8,4\n");

        assertThat(found.dataset().shape()).isEqualTo(Shape.of(2));
        assertThat(found.dataset().labels()).containsExactly("a", "b");
        assertThat(values(found.dataset(), 1)).containsExactly(3, 4);
        assertThat(found.notes())
                .contains("X.csv: the columns id, subject are taken for no values (rename what is one)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",f1,f2\n9,1,2\n",
                ",f1,f2,label\n9,1,2,a\n",
                "f1,f2,Activity,subject\n1,2,a,9\n",
                "f1,id\n1,2\n",
            })
    void ownSamplesAreReadAlike(String table) {
        SampleReader reader = new SampleReader(Shape.of(2), new ValueRange(0, 10));

        Sample sample = reader.read(TestFiles.write(folder, "own.csv", table)).get(0);

        assertThat(sample.values()).containsExactly(1, 2);
        assertThat(sample.label()).isEqualTo(table.contains(",a") ? Optional.of("a") : Optional.empty());
    }

    private DataInspection inspect(String name, String table, String... keyAndText) {
        TestFiles.write(folder, name, table);
        TreeMap<String, String> texts = new TreeMap<>();
        if (keyAndText.length > 0) {
            texts.put(keyAndText[0], keyAndText[1]);
        }
        return DataSets.inspect(folder, ReadOptions.NONE.with(new RecordingOptions(texts)));
    }

    private static float[] values(Dataset data, int i) {
        float[] values = new float[data.shape().elements()];
        data.read(i, values, 0);
        return values;
    }
}
