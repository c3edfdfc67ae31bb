package org.tinytune.search.gp;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionInner_DDRM;
import org.ejml.dense.row.linsol.chol.LinearSolverChol_DDRM;

/** The factorization K = L Lᵀ of a positive definite matrix. */
final class CholeskyFactor {
    private final LinearSolverChol_DDRM solver;
    private final double[] lower;
    private final int n;

    private CholeskyFactor(LinearSolverChol_DDRM solver, int n) {
        this.solver = solver;
        this.lower = solver.getDecomposition().getT(null).data;
        this.n = n;
    }

    /**
     * Factorizes a matrix.
     *
     * @param symmetric [n, n], overwritten
     * @return null if it is not positive definite in floating point
     */
    static CholeskyFactor of(DMatrixRMaj symmetric) {
        LinearSolverChol_DDRM solver = new LinearSolverChol_DDRM(new CholeskyDecompositionInner_DDRM(true));
        if (!solver.setA(symmetric)) {
            return null;
        }
        CholeskyFactor factor = new CholeskyFactor(solver, symmetric.numRows);
        // What is not a number passes the solver's test, and then stands on the diagonal.
        return Double.isFinite(factor.logDeterminant()) ? factor : null;
    }

    /** L⁻¹ b, [n], in place. */
    double[] halfSolve(double[] b) {
        TriangularSolver_DDRM.solveL(lower, b, n);
        return b;
    }

    /** K⁻¹ b, [n]. */
    double[] solve(double[] b) {
        double[] x = b.clone();
        TriangularSolver_DDRM.solveL(lower, x, n);
        TriangularSolver_DDRM.solveTranL(lower, x, n);
        return x;
    }

    /** K⁻¹, [n, n]. */
    DMatrixRMaj inverse() {
        DMatrixRMaj inverse = new DMatrixRMaj(n, n);
        solver.invert(inverse);
        return inverse;
    }

    /** The logarithm of the determinant of K. */
    double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += StrictMath.log(lower[i * n + i]);
        }
        return 2 * sum;
    }
}
